import type { LineHits } from "../../types.js";
import { unclearWarning } from "../hook/hookCoverage.js";
import { hookedSites } from "../hook/hookedSites.js";
import { analyseSites, analyseUnrun, type FileAnalysis, type ParsedFile } from "../siteAnalysis.js";
import type { PartSites } from "../siteNumbers.js";
import type { BranchPlace } from "../sites/branches.js";
import type { SitesOfFunction } from "../sites/sitesOf.js";
import { type BranchSite, joinSites, type Sites } from "../sites.js";
import { addLines } from "./addLines.js";
import { probePartSites } from "./partSites.js";
import { type Figure, never } from "./plan/figures.js";
import { type ProbePlan, planProbes } from "./plan/plan.js";
import { tightWarnings } from "./plan/tightFunctions.js";

/** A Lua file that ran with probes. */
export interface ProbedFile extends ParsedFile {
  /** From the first counter on; undefined when the file was never loaded. */
  readonly counters: readonly number[] | undefined;
  /** What hooks have counted where there was no room for probes, or for the whole copy; undefined without a hook. */
  readonly lineHits?: readonly LineHits[] | undefined;
}

/** Joins what could run in a file with what its probes counted. */
export function probeCoverage(file: ProbedFile, byPart = false): FileAnalysis {
  const { counters, lineHits, name, source, syntax } = file;
  if (counters === undefined) return analyseUnrun(file);
  const tight: string[] = [];
  const hooked: Sites[] = [];
  const { coverage, warnings } = analyseSites(file, true, (positions) => {
    const plan = planProbes(syntax);
    tight.push(...tightWarnings(plan, source, outcome(lineHits)).map((warning) => `${name}:${warning}`));
    const sites = countedSites(plan, counters);
    if (lineHits === undefined || lineHits.length === 0) return sites;
    const isTight = ({ fn }: SitesOfFunction) => plan.tight.has(fn?.node ?? null);
    const others = plan.sites.filter((each) => !isTight(each));
    const added = addLines(sites, others, lineHits, positions);
    const own = hookedSites(plan.sites.filter(isTight), lineHits, positions);
    hooked.push(own.sites);
    for (const { unclear } of [added, own]) tight.push(...unclear.map((line) => unclearWarning(name, line)));
    return joinSites([added.sites, own.sites]);
  });
  const isCounted = byPart && coverage !== null;
  if (isCounted && hooked.length > 0) tight.push(`${name}: ${notByPart}`);
  return {
    coverage,
    warnings: [...tight, ...warnings],
    partSites: isCounted ? { key: null, count: partsOf(file, counters.length, hooked) } : null,
  };
}

const notByPart =
  "which tests ran the lines that Lua's hook has counted is not known, so they are outside of any";

function partsOf(file: ProbedFile, counters: number, others: readonly Sites[]): PartSites {
  const plan = planProbes(file.syntax);
  const figures = sitesWith(plan, (figure) => figure ?? never);
  return probePartSites(file, counters, { figures, others, valuesOf: (own) => plan.figures.values(own) });
}

/** What becomes of functions without probes. */
function outcome(lineHits: readonly LineHits[] | undefined): string {
  if (lineHits === undefined) return "it is left out";
  const isCompiled = lineHits.some(({ lua }) => lua.startsWith("LuaJIT"));
  return `its lines are counted by Lua's hook${isCompiled ? ", for which LuaJIT compiles nothing" : ""}`;
}

function countedSites(plan: ProbePlan, counters: readonly number[]): Sites {
  const values = plan.figures.values(counters);
  return sitesWith(plan, (figure) => values[figure ?? never] ?? 0);
}

function sitesWith(plan: ProbePlan, numberOf: (figure: Figure | undefined) => number): Sites {
  return {
    statements: plan.sites.flatMap(({ statements }) =>
      statements
        .filter((each) => !plan.unknown.has(each))
        .map((span) => ({ span, hits: numberOf(plan.statements.get(span)) })),
    ),
    functions: plan.sites.flatMap(({ fn }) => {
      if (fn === null || plan.tight.has(fn.node)) return [];
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
