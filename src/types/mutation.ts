import type { Range } from "istanbul-lib-coverage";
import type { MutatorName } from "../mutation/mutatorNames.js";
import type { Notice } from "./tests/runResult.js";

/** A text with one change. Offsets are bytes. */
export interface Mutant {
  /** Its place and kind, as in `12:7 EqualityOperator`; the same in each run, and no other one's of its text. */
  readonly id: string;
  readonly mutator: MutatorName;
  readonly start: number;
  readonly end: number;
  /** What stands there instead, a character for each byte. */
  readonly replacement: string;
  /** What was done, in words. */
  readonly description: string;
  /** An offset in the statement whose tests it concerns. */
  readonly within: number;
  /** Lines count from 1, columns from 0. */
  readonly place: Range;
}

/** What has become of a mutant, in Stryker's words. */
export type MutantStatus =
  | "Killed"
  | "Survived"
  | "NoCoverage"
  | "Timeout"
  | "RuntimeError"
  | "CompileError"
  | "Ignored";

/** A test as a run of mutants knows it. */
export interface MutationTest {
  readonly id: string;
  /** The test file, with "/", from the project root on. */
  readonly file: string;
  readonly line: number | null;
  /** The full name; that of the file for a script. */
  readonly name: string;
}

export interface MutantResult extends Mutant {
  readonly status: MutantStatus;
  /** The message of the test that failed, or why it is not tried; empty for none. */
  readonly reason: string;
  /** By their ids. */
  readonly coveredBy: readonly string[];
  readonly killedBy: readonly string[];
}

export interface MutatedSource {
  /** From the project root on, with "/". */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly source: Uint8Array;
  readonly mutants: readonly MutantResult[];
}

/** What mutants of some sources have come to. */
export interface MutationResult {
  readonly sources: readonly MutatedSource[];
  readonly tests: readonly MutationTest[];
  /** How many ran now, and how many fates an earlier run has left. */
  readonly ran: number;
  readonly known: number;
  /** Whether it was stopped; mutants whose fate is not known are left out. */
  readonly interrupted: boolean;
  /** How many are left out for that. */
  readonly left: number;
  readonly notices: readonly Notice[];
}

/** What happens while mutants run. */
export type MutationProgress =
  /** All tests run without a mutant. */
  | { readonly kind: "first run" }
  /** How many fates earlier runs have left, and how many mutants there are to run. */
  | { readonly kind: "mutants"; readonly known: number; readonly waiting: number }
  | { readonly kind: "fate"; readonly fate: "survived" | "killed" | "timed out" | "crashed" };

/** How what mutants have come to is written: in the terminal, as pages, and as Stryker's reports are. */
export type MutationReporterName = "text" | "html" | "json";
