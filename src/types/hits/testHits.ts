/** What the statements belong to that have run since the last thing of this kind. */
export type Part =
  /** A test, with what goes before and after each; `lines` are those of the file and of the blocks around it. */
  | {
      readonly kind: "test";
      readonly file: string | null;
      readonly line: number | null;
      readonly lines: string;
      readonly names: readonly string[];
    }
  /** What goes once before and after the tests of a block: its lines and names, and those of the blocks around it. */
  | { readonly kind: "block"; readonly lines: string; readonly names: readonly string[] }
  /** Neither: what is loaded, and what registers tests. */
  | { readonly kind: "outside" };

/**
 * What has counted something. A key is that of a source with probes, or the shape of a chunk, a space, and its path; its
 * counters, of which most are 0, are runs.
 */
export interface CountedParts {
  readonly keys: readonly string[];
  /** Where the runs of each key end, in those of all. */
  readonly ends: readonly number[];
  readonly runs: Uint8Array;
}

/** A part of what a file's tests did, in all of their rounds. */
export interface TestRow {
  readonly part: Part;
  /** The test file, as a person in the current folder would name it, and by which of the user's Luas it ran. */
  readonly file: string;
  readonly lua: string | null;
  readonly isScript: boolean;
  /** How often it ran. */
  readonly runs: number;
  readonly counts: CountedParts;
}

/** What ran for which test, by keys that are the same in each round. */
export type TestHits = ReadonlyMap<string, TestRow>;
