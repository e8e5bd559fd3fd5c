import type { Span } from "../source/tree.js";

/** A statement of Istanbul's map, and how often it began. */
export interface StatementSite {
  readonly span: Span;
  readonly hits: number;
}

/** A function of Istanbul's map. */
export interface FunctionSite {
  readonly name: string;
  readonly declaration: Span;
  readonly span: Span;
  readonly calls: number;
}

/** The types that branches have in our maps. */
export const branchTypes = ["if", "binary-expr", "loop"] as const;

/** A branch of Istanbul's map: the ways on from one place, with the count of each. */
export interface BranchSite {
  readonly type: (typeof branchTypes)[number];
  readonly span: Span;
  readonly arms: readonly Arm[];
  /** For the operands of an and/or: how often each was true; those from the first one on whose truth nobody tests are missing. */
  readonly truthy: readonly number[];
}

export interface Arm {
  readonly span: Span;
  readonly count: number;
}

/** What could run, with what ran. */
export interface Sites {
  readonly statements: readonly StatementSite[];
  readonly functions: readonly FunctionSite[];
  readonly branches: readonly BranchSite[];
}

/** The sites of several functions together. */
export function joinSites(sites: Iterable<Sites>): Sites {
  const statements: StatementSite[] = [];
  const functions: FunctionSite[] = [];
  const branches: BranchSite[] = [];
  for (const each of sites) {
    for (const site of each.statements) statements.push(site);
    for (const site of each.functions) functions.push(site);
    for (const site of each.branches) branches.push(site);
  }
  return { statements, functions, branches };
}
