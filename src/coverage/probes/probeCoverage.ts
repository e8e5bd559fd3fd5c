import { createPositions } from "../../source/positions.js";
import type { Syntax } from "../../source/syntax.js";
import type { BranchSite } from "../branches.js";
import { type FileAnalysis, ignoreWarnings } from "../fileAnalysis.js";
import { fileCoverage } from "../fileCoverage.js";
import { findIgnores } from "../ignore.js";
import { leaveOut } from "../leaveOut.js";
import type { BranchPlace } from "../sites/branches.js";
import type { Sites } from "../sites.js";
import { never } from "./figures.js";
import { type ProbePlan, planProbes } from "./plan.js";

/** A Lua file that ran with probes. */
export interface ProbedFile {
  /** The absolute path, and the one for messages. */
  readonly path: string;
  readonly name: string;
  readonly source: Uint8Array;
  readonly syntax: Syntax;
  /** From the first counter on; undefined when the file was never loaded. */
  readonly counters: readonly number[] | undefined;
}

/** Joins what could run in a file with what its probes counted. */
export function probeCoverage(file: ProbedFile): FileAnalysis {
  const positions = createPositions(file.source);
  const ignores = findIgnores(file.syntax, positions);
  if (ignores.file) return { coverage: null, warnings: [] };
  const { sites, ran } = leaveOut(countedSites(planProbes(file.syntax), file.counters ?? []), ignores);
  return {
    coverage: fileCoverage(file.path, sites, positions, file.counters !== undefined),
    warnings: ignoreWarnings(file.name, ignores, ran, positions),
  };
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
