import { analyseSites, analyseUnrun, type FileAnalysis, type ParsedFile } from "../siteAnalysis.js";
import type { BranchPlace } from "../sites/branches.js";
import type { BranchSite, Sites } from "../sites.js";
import { never } from "./figures.js";
import { type ProbePlan, planProbes } from "./plan.js";

/** A Lua file that ran with probes. */
export interface ProbedFile extends ParsedFile {
  /** From the first counter on; undefined when the file was never loaded. */
  readonly counters: readonly number[] | undefined;
}

/** Joins what could run in a file with what its probes counted. */
export function probeCoverage(file: ProbedFile): FileAnalysis {
  const { counters } = file;
  if (counters === undefined) return analyseUnrun(file);
  return analyseSites(file, true, () => countedSites(planProbes(file.syntax), counters));
}

function countedSites(plan: ProbePlan, counters: readonly number[]): Sites {
  const values = plan.figures.values(counters);
  const valueOf = (figure: number | undefined) => values[figure ?? never] ?? 0;
  return {
    statements: plan.sites.flatMap(({ statements }) =>
      statements
        .filter((each) => !plan.unknown.has(each))
        .map((span) => ({ span, hits: valueOf(plan.statements.get(span)) })),
    ),
    functions: plan.sites.flatMap(({ fn }) => {
      if (fn === null || plan.unknown.has(fn.node)) return [];
      const { name, declaration, node } = fn;
      return [{ name, declaration, span: node, calls: valueOf(plan.functions.get(node)) }];
    }),
    branches: plan.sites.flatMap(({ branches }) =>
      branches.filter(({ node }) => !plan.unknown.has(node)).map((each) => branchSite(plan, each, valueOf)),
    ),
  };
}

/** A branch in code that never runs has no figures. */
function branchSite(
  { branches }: ProbePlan,
  { type, node, span, arms, ...operands }: BranchPlace,
  valueOf: (figure: number | undefined) => number,
): BranchSite {
  const figures = branches.get(node);
  const tested = "tested" in operands ? operands.tested : 0;
  return {
    type,
    span,
    arms: arms.map((arm, index) => ({ span: arm, count: valueOf(figures?.arms[index]) })),
    truthy: Array.from({ length: tested }, (_, index) => valueOf(figures?.truthy[index])),
  };
}
