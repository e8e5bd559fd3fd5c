import type { CoverageMapData } from "../coverageMap.js";
import type { Profile } from "../profile.js";
import type { Verdict } from "./plan.js";
import type { TestResult } from "./testResult.js";

/** Something a user should know, about one file or the run; a problem fails the run. */
export interface Notice {
  readonly level: "information" | "warning" | "problem";
  readonly file: string;
  readonly message: string;
}

/** Which test files a change touches; all are named as a person in the current folder would. */
export interface TestsOfChange {
  /** Those that ran, each with why, in sentences without an end. */
  readonly files: readonly { readonly file: string; readonly reasons: readonly string[] }[];
  /** Those whose results and coverage are of an earlier run. */
  readonly unchanged: readonly string[];
}

/** What a run found out. */
export interface RunResult {
  readonly results: readonly TestResult[];
  readonly coverage: CoverageMapData;
  /** Where the time went; null where nobody has asked for that. */
  readonly profile: Profile | null;
  readonly notices: readonly Notice[];
  /** Verdicts of every file that was loaded or looked at, by path. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** True when the run was stopped before its end. */
  readonly interrupted: boolean;
  /** Whether this is the last result in `tempDir` now; a run in which nothing came to run leaves the one before. */
  readonly kept: boolean;
  /** How many test files there were to run; fewer than match with `shard` and `rerunFailed`, perhaps none. */
  readonly selected: number;
  /** How many test files did not run, after an interruption or the last failure that `bail` allows. */
  readonly notRun: number;
  /** What the change touched, where that alone was to run. */
  readonly change?: TestsOfChange;
}
