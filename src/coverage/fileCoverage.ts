import type { Range } from "istanbul-lib-coverage";
import type { Positions } from "../source/positions.js";
import type { Span } from "../source/tree.js";
import type { FileCoverageData } from "../types.js";
import type { BranchSite, Sites } from "./sites.js";

/** A file's coverage as Istanbul's map holds it. A file that was never loaded is flagged `all`. */
export function fileCoverage(
  path: string,
  sites: Sites,
  positions: Positions,
  loaded: boolean,
): FileCoverageData {
  const range = (span: Span) => positions.range(span);
  const inOrder = (a: { span: Span }, b: { span: Span }) =>
    a.span.start - b.span.start || b.span.end - a.span.end;
  const statements = sites.statements.toSorted(inOrder);
  const functions = sites.functions.toSorted(inOrder);
  const branches = sites.branches.toSorted(inOrder);
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
    // For every branch, if only an empty list: merging numbers the entries of b and bT anew, each by itself.
    bT: byIndex(branches, ({ truthy }) => [...truthy]),
  };
}

/** Lines, statements and functions alone. */
export function withoutBranches(file: FileCoverageData): FileCoverageData {
  return { ...file, branchMap: {}, b: {}, bT: {} };
}

function functionMapping(name: string, decl: Range, loc: Range) {
  return { name, decl, loc, line: decl.start.line };
}

function branchMapping({ type, span, arms }: BranchSite, range: (span: Span) => Range) {
  const loc = range(span);
  return { type, loc, locations: arms.map((arm) => range(arm.span)), line: loc.start.line };
}

/** There may be millions of them. */
function byIndex<T, U>(items: readonly T[], make: (item: T) => U): Record<string, U> {
  const made: Record<string, U> = {};
  items.forEach((item, index) => {
    made[index] = make(item);
  });
  return made;
}
