import type { Output, TestResult, Totals } from "./testResult.js";

/**
 * A test file as one of a run: `round` counts repetitions from 1, `lua` is null for the embedded one; `project` is there where the run is of
 * several.
 */
export interface FileRun {
  readonly project?: string;
  readonly file: string;
  readonly round: number;
  readonly lua: string | null;
  /** Whether it does not run: its results are those of an earlier run. */
  readonly unchanged?: true;
}

/**
 * What test reporters hear. All but `progress` come in an order that does not depend on the number of workers:
 * file by file, and of each file its start, what it writes and its tests as they end, and its end.
 */
export type TestEvent =
  /** `files` are as named in results; `seed` is that of a shuffled run, else null. */
  | {
      readonly kind: "run start";
      readonly files: readonly string[];
      readonly rounds: number;
      /** The Luas that the files run in, null for the embedded one. */
      readonly luas: readonly (string | null)[];
      readonly seed: number | null;
      /**
       * Test files that no change touches: their results follow behind those of what runs, marked as `unchanged`. Where
       * what runs changes what they depend on, they run as well.
       */
      readonly unchanged?: readonly string[];
    }
  | ({ readonly kind: "file start" } & FileRun)
  | ({ readonly kind: "output"; readonly output: Output } & FileRun)
  | { readonly kind: "test"; readonly result: TestResult }
  | ({ readonly kind: "file end"; readonly duration: number } & FileRun)
  /** As it happens: how many of all files have ended, the tests in them so far, and the files that run now. */
  | {
      readonly kind: "progress";
      readonly ended: number;
      readonly files: number;
      readonly totals: Totals;
      readonly running: readonly FileRun[];
    }
  /** `duration` in milliseconds; `totals` of all results; `notRun`: how many files an early end has left out. */
  | {
      readonly kind: "run end";
      readonly duration: number;
      readonly totals: Totals;
      readonly interrupted: boolean;
      readonly notRun: number;
      /** How many of the results are those of earlier runs; absent for none. */
      readonly unchanged?: number;
    };

/** What prints or writes test results. The run waits for a promise that it returns. */
export type TestReporter = (event: TestEvent) => void | Promise<void>;

/** What a test reporter is made with. */
export interface TestReporterContext {
  /** The project root. */
  readonly root: string;
  /** Writes to the file that was asked for, else to standard output. */
  readonly write: (chunk: string | Uint8Array) => void;
  /** Writes to standard error, or to the file that was asked for. */
  readonly writeError: (chunk: string | Uint8Array) => void;
  /** Whether what is written may have colours. */
  readonly colors: boolean;
  /** The terminal that `write` writes to, if what stands there may be drawn over; else null. */
  readonly terminal: { readonly columns: number } | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Makes a test reporter for one run; what a module of a user's own exports by default. */
export type TestReporterFactory = (context: TestReporterContext) => TestReporter | Promise<TestReporter>;
