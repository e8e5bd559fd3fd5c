import type { CoverRow, SourceSites, TestResult, Use } from "../../types.js";
import type { ProgramSigns } from "../text/textSigns.js";

/** How a test file went in a round in a Lua. Paths are absolute. */
export interface RecordedRun {
  readonly round: number;
  readonly lua: string | null;
  /** In milliseconds. */
  readonly duration: number;
  readonly results: readonly TestResult[];
  readonly loaded: readonly string[];
  readonly notFiles: readonly string[];
  readonly unloaded: readonly string[];
  readonly limits: readonly string[];
  /** What Lua's hook has counted, where nothing else does. */
  readonly lines: readonly RecordedLines[];
}

/** `LineHits` of a source, by its key, as JSON has them. */
export interface RecordedLines {
  readonly key: string;
  readonly lua: string;
  readonly lines: readonly (readonly [number, number])[];
  readonly calls: readonly (readonly [string, number])[];
  readonly active: readonly (readonly [string, readonly number[]])[];
}

/** A path that a test file depends on. */
export interface RecordedInput {
  readonly path: string;
  /** As `Fingerprints` has it. */
  readonly print: string | null;
  /** How it was used: run as Lua, or otherwise. What is in doubt is opened. */
  readonly use: "loaded" | Use;
}

/** What is known of a test file since it last ran. */
export interface RecordedFile {
  /** Absolute. */
  readonly file: string;
  /** Why it runs in any case, in words behind "it". */
  readonly doubts: readonly string[];
  readonly inputs: readonly RecordedInput[];
  readonly signs: ProgramSigns;
  /** Digests of the variables that it may ask for, null for what is not set; "*" stands for all of them. */
  readonly variables: Readonly<Record<string, string | null>>;
  readonly runs: readonly RecordedRun[];
  /** What its parts covered, by the numbers of the record's sources; numbers of blocks are among these rows. */
  readonly rows: readonly CoverRow[];
}

/** A source, as it was when test files covered it. */
export interface RecordedSource {
  readonly path: string;
  readonly text: Uint8Array;
  /** `digestOfBytes` of the text. */
  readonly print: string;
  /** That of `digestOfSource`. */
  readonly digest: string;
  readonly sites: SourceSites;
}

/** What the results of test files depend on, all of them: by what it is called in messages, a digest of it. */
export type Conditions = Readonly<Record<string, string>>;

export interface ChangeRecord {
  readonly conditions: Conditions;
  readonly files: readonly RecordedFile[];
  readonly sources: readonly RecordedSource[];
}
