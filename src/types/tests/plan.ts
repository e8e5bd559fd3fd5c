import type { LuacovScope } from "../luacov.js";

/** Whether a file's coverage is measured, and why (or why not), in words. */
export interface Verdict {
  readonly measured: boolean;
  readonly reason: string;
}

/** Everything that decides a verdict. Paths are absolute and real; patterns are globs relative to the root. */
export interface Scope {
  readonly root: string;
  readonly tests: readonly string[];
  /** Whether tests run whose files nobody has named, as by a command of the user's. */
  readonly hasOtherTests?: boolean;
  /** The file that prepares specs, and the one that prepares all tests; absent or null for none. */
  readonly helper?: string | null;
  readonly setup?: string | null;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly extension: readonly string[];
  /** What a configuration of LuaCov's says besides; absent or null for none. */
  readonly luacov?: LuacovScope | null;
}

/** Which part of a suite ran, from 1, and by which cut: a digest of all parts. */
export interface Shard {
  readonly index: number;
  readonly count: number;
  readonly cut: string;
}

/** What a run is about: the test files to execute and the sources that count although nothing loads them. */
export interface Plan {
  readonly tests: readonly string[];
  readonly sources: readonly string[];
  readonly scope: Scope;
}
