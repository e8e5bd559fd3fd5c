import { analyseSites, analyseUnrun, type FileAnalysis, type ParsedFile } from "../siteAnalysis.js";
import type { BranchPlace } from "../sites/branches.js";
import type { BranchSite, Sites } from "../sites.js";
import { never } from "./plan/figures.js";
import { type ProbePlan, planProbes } from "./plan/plan.js";
import { tightWarnings } from "./plan/tightWarnings.js";

/** A Lua file that ran with probes. */
export interface ProbedFile extends ParsedFile {
  /** From the first counter on; undefined when the file was never loaded. */
  readonly counters: readonly number[] | undefined;
}

/** Joins what could run in a file with what its probes counted. */
export function probeCoverage(file: ProbedFile): FileAnalysis {
  const { counters, name, source, syntax } = file;
  if (counters === undefined) return analyseUnrun(file);
  const tight: string[] = [];
  const { coverage, warnings } = analyseSites(file, true, () => {
    const plan = planProbes(syntax);
    tight.push(...tightWarnings(plan, source).map((warning) => `${name}:${warning}`));
    return countedSites(plan, counters);
  });
  return { coverage, warnings: [...tight, ...warnings] };
}

function countedSites(plan: ProbePlan, counters: readonly number[]): Sites {
  const values = plan.figures.values(counters);
  const numberOf = (figure: number | undefined) => values[figure ?? never] ?? 0;
  return {
    statements: plan.sites.flatMap(({ statements }) =>
      statements
        .filter((each) => !plan.unknown.has(each))
        .map((span) => ({ span, hits: numberOf(plan.statements.get(span)) })),
    ),
    functions: plan.sites.flatMap(({ fn }) => {
      if (fn === null || plan.unknown.has(fn.node)) return [];
      const { name, declaration, node } = fn;
      return [{ name, declaration, span: node, calls: numberOf(plan.functions.get(node)) }];
    }),
    branches: plan.sites.flatMap(({ branches }) =>
      branches.filter(({ node }) => !plan.unknown.has(node)).map((each) => branchSite(plan, each, numberOf)),
    ),
  };
}

/** A branch in code that never runs has no figures. */
function branchSite(
  { branches }: ProbePlan,
  { type, node, span, arms, ...operands }: BranchPlace,
  numberOf: (figure: number | undefined) => number,
): BranchSite {
  const figures = branches.get(node);
  const tested = "tested" in operands ? operands.tested : 0;
  return {
    type,
    span,
    arms: arms.map((arm, index) => ({ span: arm, count: numberOf(figures?.arms[index]) })),
    truthy: Array.from({ length: tested }, (_, index) => numberOf(figures?.truthy[index])),
  };
}
