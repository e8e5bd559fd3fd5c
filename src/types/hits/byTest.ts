/** The places of a source's statements, functions and branches, in the order of its coverage map. */
export interface SourceSites {
  readonly statements: number;
  /** The names of all functions. */
  readonly names: readonly string[];
  /** The types of all branches, by their places in `branchTypes`, and how many ways on each has. */
  readonly types: readonly number[];
  readonly ways: readonly number[];
  /** Of each branch, of how many of its operands it is known how often they were true. */
  readonly truthy: readonly number[];
  /** Lines and columns of beginnings and ends: of statements; of functions that of the declaration and of all; of branches and their ways. */
  readonly places: readonly number[];
}

/** A source that tests covered. */
export interface CoveredSource {
  /** Absolute. */
  readonly path: string;
  /** That of `digestOfSource`, as it was then. */
  readonly digest: string;
  readonly sites: SourceSites;
}

/** What a part of a suite covered. */
export interface CoverRow {
  /** A test; what goes before and after the tests of a block; or what belongs to no test. */
  readonly kind: "test" | "block" | "outside";
  /** The test file; null for what no file of tests did. */
  readonly file: string | null;
  readonly line: number | null;
  /** The names of the blocks around it and its own; none for a script. */
  readonly names: readonly string[];
  /** By which Lua it ran; null for the embedded one. */
  readonly lua: string | null;
  /** How often it ran. */
  readonly runs: number;
  /** Of a test, the rows of its blocks. */
  readonly blocks: readonly number[];
  /** How often statements, functions and ways ran and operands were true, as runs, by the number of the source. */
  readonly covers: ReadonlyMap<number, Uint8Array>;
}

/** Which test covers what. */
export interface ByTest {
  readonly sources: readonly CoveredSource[];
  readonly rows: readonly CoverRow[];
}
