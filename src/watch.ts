import path from "node:path";
import { type RunRequest, runSelection } from "./api.js";
import { LuacovError } from "./errors.js";
import { type Prepared, prepare } from "./harness/plan/busted.js";
import { planFor } from "./harness/plan/plan.js";
import { select } from "./harness/plan/selection.js";
import { LatestRuns } from "./harness/record/affected.js";
import { readTestRecord } from "./harness/record/testRecord.js";
import { watchFolder } from "./harness/run/watcher.js";
import type { Config, Notice, RunResult, TestReporter } from "./types.js";

/** What to run again and again, and who hears of it. */
export interface WatchRequest extends Omit<RunRequest, "onEvent" | "signal"> {
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** Makes what hears of the tests of one run. */
  readonly createReporter: () => Promise<TestReporter>;
  /** After each run; the coverage is that of the last run of every test file. */
  readonly onResult: (result: RunResult) => void;
  /** When it waits again. `notices` say what it cannot do about those that came. */
  readonly onWait: (notices: readonly Notice[]) => void;
}

/**
 * Runs test files, then after each change under the project root those that it touches: files that changed or
 * loaded what did, and new ones. Resolves after an abort. Throws as `run` does, but NO_TESTS at the start alone.
 */
export async function watch(config: Config, request: WatchRequest): Promise<void> {
  const { signal, onResult, onWait } = request;
  const watcher = await watchFolder(config.cwd, [config.tempDir, config.reportDir]);
  const runs = new LatestRuns();
  try {
    onResult(await runFirst(config, request, runs));
    if (!signal.aborted) onWait([]);
    while (!signal.aborted) {
      const changed = await watcher.next(signal);
      if (changed === null) return;
      const notices = configurationNotices(changed, config);
      const result = await runAffected(config, request, runs, changed);
      if (result !== null) onResult(result);
      const isNews = result !== null || notices.length > 0;
      if (isNews && !signal.aborted) onWait(notices);
    }
  } finally {
    await watcher.close();
  }
}

async function runFirst(given: Config, request: WatchRequest, runs: LatestRuns): Promise<RunResult> {
  const { config, tests, notices } = await prepare(given, request.patterns);
  const { record, notices: doubts } = readTestRecord(config.testRecord);
  const selection = select(tests, config, record, request.rerunFailed ?? false);
  const result = await runSome(config, tests, selection, request, runs);
  return { ...result, notices: [...notices, ...doubts, ...result.notices] };
}

/** Null when the changes touch no test file. */
async function runAffected(
  given: Config,
  request: WatchRequest,
  runs: LatestRuns,
  changed: ReadonlySet<string>,
): Promise<RunResult | null> {
  const { config, tests: all } = await prepareAgain(given, request);
  const tests = runs.affected(all, changed);
  if (tests.length === 0) return null;
  return runSome(config, all, { tests, only: new Map(), notices: [], shard: null }, request, runs);
}

async function runSome(
  config: Config,
  all: readonly string[],
  selection: Parameters<typeof runSelection>[2],
  request: WatchRequest,
  runs: LatestRuns,
): Promise<RunResult> {
  runs.begin(all, selection.tests);
  const known = runs.outcomes;
  const onEvent = await request.createReporter();
  const run = { ...request, onEvent };
  const { result, outcomes } = await runSelection(config, planFor(config, all), selection, run, known);
  runs.end(outcomes);
  return result;
}

/** The last test file may go, and come back. */
async function prepareAgain(
  config: Config,
  request: WatchRequest,
): Promise<Pick<Prepared, "config" | "tests">> {
  try {
    return await prepare(config, request.patterns);
  } catch (error) {
    if (error instanceof LuacovError && error.code === "NO_TESTS") return { config, tests: [] };
    throw error;
  }
}

const configurationName = /^(\.nycrc(\.(json|ya?ml))?|nyc\.config\.[cm]?js|package\.json|\.busted|\.luacov)$/;

function configurationNotices(changed: ReadonlySet<string>, { cwd }: Config): Notice[] {
  const files = [...changed].filter((file) => configurationName.test(path.basename(file)));
  return files.map((file) => {
    const message = `${path.relative(cwd, file)} has changed; start the watch again for it to count`;
    return { level: "information", file, message };
  });
}
