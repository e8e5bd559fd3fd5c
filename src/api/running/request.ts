import type { TestReporter } from "../../types.js";
import type { ChangedRequest } from "./selected.js";

/** What to run. */
export interface RunRequest {
  /** Test files: globs, files or folders, relative to the current folder; by default test, tests and spec. */
  readonly patterns?: readonly string[];
  /** What each test file gets as `arg[1]`, … and `...`. */
  readonly args?: readonly string[];
  /** Run only what failed in the last run: files, and of specs the tests. */
  readonly rerunFailed?: boolean;
  /**
   * Run only the test files that a change since the last run of this kind touches; the others' results and coverage are taken from
   * there. A text names a commit, branch or tag, whose differences from the files as they are count, too.
   */
  readonly changed?: boolean | string;
  /** Ends the run early; what was measured so far is in the result. */
  readonly signal?: AbortSignal;
  /** Hears when programs begin to run, and when the last has ended: in between this thread is free for signals. */
  readonly onPrograms?: (running: boolean) => void;
  /** Hears of the tests as they run. */
  readonly onEvent?: TestReporter;
  /**
   * When the run began, in milliseconds since 1970; by default now. What other runs into `tempDir` have left since then
   * is kept.
   */
  readonly began?: number;
  /** Whether this is a part of a run, which tells itself that no test was run. */
  readonly isPart?: boolean;
}

/** What a run of ours asks for beside that. */
export interface OwnRequest extends RunRequest, Pick<ChangedRequest, "among"> {
  /** Whether outcomes say what the programs ask of the system, as those of a run by changes do. */
  readonly tellsAccesses?: boolean;
}
