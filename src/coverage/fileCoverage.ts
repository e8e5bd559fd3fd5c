import type { Range } from "istanbul-lib-coverage";
import type { ChunkHits, FileCoverageData } from "../types.js";
import type { BranchSite } from "./branches.js";
import type { LineSites } from "./lines.js";
import type { Positions } from "./positions.js";
import type { Sites } from "./sites.js";
import type { Span } from "./syntax.js";

/** A file's coverage as Istanbul's map holds it. A file that was never loaded is flagged `all`. */
export function exactCoverage(
  path: string,
  sites: readonly Sites[],
  positions: Positions,
  loaded: boolean,
): FileCoverageData {
  const range = (span: Span) => positions.range(span);
  const inOrder = (a: { span: Span }, b: { span: Span }) =>
    a.span.start - b.span.start || b.span.end - a.span.end;
  const statements = sites.flatMap((each) => each.statements).sort(inOrder);
  const functions = sites.flatMap((each) => each.functions).sort(inOrder);
  const branches = sites.flatMap((each) => each.branches).sort(inOrder);
  const logical = branches.map(({ truthy }) => truthy);
  return {
    path,
    ...(loaded ? {} : { all: true }),
    statementMap: byIndex(statements, ({ span }) => range(span)),
    fnMap: byIndex(functions, ({ name, declaration, span }) =>
      functionMapping(name, range(declaration), range(span)),
    ),
    branchMap: byIndex(branches, (branch) => branchMapping(branch, range)),
    s: byIndex(statements, ({ hits }) => hits),
    f: byIndex(functions, ({ calls }) => calls),
    b: byIndex(branches, ({ arms }) => arms.map(({ count }) => count)),
    bT: Object.fromEntries(
      Object.entries(byIndex(logical, (counts) => [...counts])).filter(([, counts]) => counts.length > 0),
    ),
  };
}

/** The coverage that line visits and calls alone give. */
export function lineCoverage(path: string, sites: LineSites, hits: ChunkHits | undefined): FileCoverageData {
  const { statements, functions } = sites;
  return {
    path,
    ...(hits === undefined ? { all: true } : {}),
    statementMap: byIndex(statements, ({ loc }) => loc),
    fnMap: byIndex(functions, ({ name, decl, loc }) => functionMapping(name, decl, loc)),
    branchMap: {},
    s: byIndex(statements, ({ line }) => hits?.lines[line] ?? 0),
    f: byIndex(functions, ({ proto }) => hits?.calls[proto] ?? 0),
    b: {},
  };
}

function functionMapping(name: string, decl: Range, loc: Range) {
  return { name, decl, loc, line: decl.start.line };
}

function branchMapping({ type, span, arms }: BranchSite, range: (span: Span) => Range) {
  const loc = range(span);
  return { type, loc, locations: arms.map((arm) => range(arm.span)), line: loc.start.line };
}

function byIndex<T, U>(items: readonly T[], make: (item: T) => U): Record<string, U> {
  return Object.fromEntries(items.map((item, index) => [index, make(item)]));
}
