/** A line of a file that is named as the program named it. Lines count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** In busted's words: a failure is an assertion that did not hold, an error anything else. */
export type Status = "success" | "failure" | "error" | "pending";

/** What a program says of one of its tests. */
export interface TestReport {
  /** The names of the blocks around the test, then its own; empty when the file itself is meant. */
  readonly names: readonly string[];
  /** busted's word for what has this status: `it`, or what failed outside of the tests (`setup`, `file`, …). */
  readonly descriptor: string;
  readonly status: Status;
  /** In milliseconds. */
  readonly duration: number;
  /** What went wrong, or why it is pending; else empty. */
  readonly message: string;
  readonly traceback: string;
  /** Where the test is written. */
  readonly place: Place | null;
  /** Where it went wrong. */
  readonly failedAt: Place | null;
  /** With which a script has called os.exit; absent for others, and for 0. */
  readonly exitCode?: number;
}

/** The result of one test. */
export interface TestResult extends TestReport {
  /** The test file, as a person in the current folder would name it. */
  readonly file: string;
  /** Which of the repetitions of the suite this is, from 1. */
  readonly round: number;
  /** By which of the user's Luas it ran, as they name it; null for the embedded one. */
  readonly lua: string | null;
  /** Of which project, in a run of several. */
  readonly project?: string;
  /** How often it ran until it had this status. */
  readonly attempts: number;
  /** Whether it did not run now, and this is what an earlier run has found out: no change touches it. */
  readonly unchanged?: true;
  /** The source around `failedAt`, with its line marked; empty when there is none. */
  readonly excerpt: string;
}

/** How many tests have which status. */
export type Totals = Readonly<Record<Status, number>>;

/** What a program wrote to a standard stream. */
export interface Output {
  readonly stream: "stdout" | "stderr";
  readonly bytes: Uint8Array;
}
