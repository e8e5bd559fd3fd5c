import type { Range } from "istanbul-lib-coverage";

/** A statement of Istanbul's map, and the line whose visits are its hits. */
export interface StatementSite {
  readonly loc: Range;
  readonly line: number;
}

/** A function of Istanbul's map; `proto` is its index in the chunk. */
export interface FunctionSite {
  readonly name: string;
  readonly decl: Range;
  readonly loc: Range;
  readonly proto: number;
}

/** What could run in one file. Ranges are Istanbul's: lines from 1, columns from 0, the end exclusive. */
export interface Sites {
  readonly statements: readonly StatementSite[];
  readonly functions: readonly FunctionSite[];
}
