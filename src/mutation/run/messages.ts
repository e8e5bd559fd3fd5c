/** What this process and those that run mutants say to each other. */

import type { RecordedInput } from "../../affected/record/record.js";
import type { ErrorCode } from "../../errors.js";
import type { ByTest, Config } from "../../types.js";

/** Tests of one file in one Lua that are to run on a mutant. */
export interface TestRun {
  /** The test file, as the current folder of the copy has it. */
  readonly file: string;
  readonly lua: string | null;
  /** Those to run, each by its names; null for all. */
  readonly names: readonly (readonly string[])[] | null;
  /** How long it may take, in seconds. */
  readonly timeout: number;
}

/** A mutant that is to be run. */
export interface MutantOrder {
  readonly kind: "mutant";
  /** Its source, from the root on. */
  readonly source: string;
  readonly text: Uint8Array;
  /** In the order in which they run, up to the first that fails. */
  readonly runs: readonly TestRun[];
}

/** `config` is that of the copy. */
export type Order =
  | { readonly kind: "first run"; readonly config: Config }
  | { readonly kind: "prepare"; readonly config: Config }
  | MutantOrder
  | { readonly kind: "close" };

/** A test file in a Lua, as it is without mutants. */
export interface TestedFile {
  readonly file: string;
  readonly lua: string | null;
  /** In milliseconds. */
  readonly duration: number;
  /** Paths of what it loads, looks for, reads, lists and asks about, and its own, each with a blank and what is there. */
  readonly digests: readonly string[];
}

export interface FirstRun {
  readonly kind: "first run";
  /** Paths are those of the copy. */
  readonly byTest: ByTest;
  readonly files: readonly TestedFile[];
  /** What failed: the test and what it said. */
  readonly failures: readonly { readonly test: string; readonly message: string }[];
  /** Problems that are no test's. */
  readonly problems: readonly string[];
}

/** What has become of a mutant: the first test that failed of it, or the file that did not come to its end. */
export type Fate =
  | { readonly kind: "survived" }
  | {
      readonly kind: "killed" | "timed out";
      readonly file: string;
      readonly names: readonly string[];
      readonly reason: string;
      /** Whether it may have been too slow for want of a processor, or was about to fill its stack. */
      readonly isDoubtful: boolean;
    }
  | { readonly kind: "crashed"; readonly reason: string };

/** What has become of a mutant, and what its tests loaded, read, asked about and looked for. */
export interface MutantEnd {
  readonly fate: Fate;
  readonly inputs: readonly RecordedInput[];
}

export type Answer =
  | FirstRun
  | { readonly kind: "ready" }
  | ({ readonly kind: "fate" } & MutantEnd)
  | { readonly kind: "failed"; readonly code: ErrorCode | null; readonly message: string };
