import path from "node:path";
import { type RunRequest, runSelection } from "./api.js";
import { nycNames, ownNames } from "./config/read/places.js";
import { findTests } from "./discover/tests.js";
import { LuacovError } from "./errors.js";
import { currentFolder } from "./files/files.js";
import { type Prepared, prepare } from "./harness/plan/busted.js";
import { planFor } from "./harness/plan/plan.js";
import { planNotices } from "./harness/plan/planNotices.js";
import { allOf, select } from "./harness/plan/selection.js";
import { LatestRuns } from "./harness/record/affected.js";
import { readTestRecord } from "./harness/record/testRecord.js";
import { watchFolder } from "./harness/run/watcher.js";
import { type ChangedRequest, configFor } from "./selected.js";
import type { Config, Notice, RunResult, TestReporter } from "./types.js";

/** What to run again and again, and who hears of it. */
export interface WatchRequest extends Omit<RunRequest, "onEvent" | "signal"> {
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** Makes what hears of the tests of one run. */
  readonly createReporter: () => Promise<TestReporter>;
  /** After each run; the coverage is that of the last run of every test file. */
  readonly onResult: (result: RunResult) => void | Promise<void>;
  /** When it waits again. `notices` say what it cannot do about the changes that came. */
  readonly onWait: (notices: readonly Notice[]) => void;
  /** Reads the configuration again when a file of it has changed; without it such a change is a notice. */
  readonly reload?: () => Promise<Config>;
  /** Configuration files with names of their own, absolute. */
  readonly configurationFiles?: readonly string[];
}

/** What a watch knows between two runs. */
interface Watched {
  config: Config;
  runs: LatestRuns;
  /** Whether the last change was a mistake: when it is mended, everything runs. */
  broken: boolean;
}

/**
 * Runs test files, then after each change under the project root those that it touches: files that changed or
 * loaded what did, and new ones; all of them when the configuration changed. Resolves after an abort. Throws as `run`
 * does at the start alone: later on a mistake is told, and waits to be mended.
 */
export async function watch(config: Config, request: WatchRequest): Promise<void> {
  const { signal, onResult, onWait } = request;
  const watcher = await watchFolder(config.cwd, [config.tempDir, config.reportDir]);
  const watched: Watched = { config, runs: latestRuns(config, request), broken: false };
  try {
    await onResult(await runAll(watched, request));
    if (!signal.aborted) onWait([]);
    while (!signal.aborted) {
      const changed = await watcher.next(signal);
      if (changed === null) return;
      const { result, notices } = await afterChange(watched, request, changed);
      if (result !== null) await onResult(result);
      const isNews = result !== null || notices.length > 0;
      if (isNews && !signal.aborted) onWait(notices);
    }
  } finally {
    await watcher.close();
  }
}

interface Turn {
  /** Null when nothing ran. */
  readonly result: RunResult | null;
  readonly notices: readonly Notice[];
}

async function afterChange(
  watched: Watched,
  request: WatchRequest,
  changed: ReadonlySet<string>,
): Promise<Turn> {
  const { config: current, broken } = watched;
  const configuration = configurationAmong(changed, current, request);
  const { reload } = request;
  try {
    if (configuration.length === 0 && !broken) return await runAffected(watched, request, changed);
    if (reload === undefined && !broken) return await runUnheeding(watched, request, changed, configuration);
    const config = reload === undefined ? current : await reload();
    return await withConfiguration(watched, config, request, changed, configuration);
  } catch (error) {
    if (!(error instanceof LuacovError)) throw error;
    watched.broken = true;
    const notice: Notice = { level: "problem", file: watched.config.cwd, message: error.message };
    return { result: null, notices: [notice] };
  }
}

/** With the configuration as it was. */
async function runUnheeding(
  watched: Watched,
  request: WatchRequest,
  changed: ReadonlySet<string>,
  configuration: readonly string[],
): Promise<Turn> {
  const { result, notices } = await runAffected(watched, request, changed);
  return { result, notices: [...notices, ...configuration.map((file) => startAgain(file, watched.config))] };
}

/** Runs everything when the configuration says something else than before, and when what was broken is mended. */
async function withConfiguration(
  watched: Watched,
  config: Config,
  request: WatchRequest,
  changed: ReadonlySet<string>,
  files: readonly string[],
): Promise<Turn> {
  const { cwd, tempDir, reportDir } = watched.config;
  if (config.cwd !== cwd || config.tempDir !== tempDir || config.reportDir !== reportDir) {
    return runUnheeding(watched, request, changed, files);
  }
  // What busted's file says is read with each run.
  const isSame = JSON.stringify(config) === JSON.stringify(watched.config) && !files.some(isOthers(config));
  if (isSame && !watched.broken) return runAffected(watched, request, changed);
  watched.config = config;
  watched.broken = false;
  watched.runs = latestRuns(config, request);
  return { result: await runAll(watched, { ...request, rerunFailed: false }), notices: [] };
}

async function runAll({ config: given, runs }: Watched, request: WatchRequest): Promise<RunResult> {
  const { config, tests, notices } = await prepare(given, request.patterns);
  const { record, notices: doubts } = readTestRecord(config.testRecord);
  const selection = select(tests, config, record, request.rerunFailed ?? false);
  const { changed = config.byTest } = request;
  const result = await runSome(config, tests, selection, { ...request, changed }, runs);
  const before = [...planNotices(config, selection.tests), ...notices, ...doubts];
  return { ...result, notices: [...before, ...result.notices] };
}

/** Runs nothing when the changes touch no test file. */
async function runAffected(
  { config: given, runs }: Watched,
  request: WatchRequest,
  changes: ReadonlySet<string>,
): Promise<Turn> {
  const { config, tests: all } = await prepareAgain(given, request);
  const { tests, restless } = runs.affected(all, changes);
  const notices = restless.map((file) => restlessNotice(file, config));
  if (tests.length === 0) return { result: null, notices };
  const own = { ...request, rerunFailed: false, changes };
  if (!isByTest(config, request))
    return { result: await runSome(config, all, allOf(tests), own, runs), notices };
  // What loads a file that has changed need not run what has changed in it.
  const byTest = { ...own, changed: true, among: tests };
  return { result: await runSome(config, all, allOf(all), byTest, runs), notices };
}

function restlessNotice(file: string, { cwd }: Config): Notice {
  const message = `${path.relative(cwd, file)} has changed in each of the last runs, so that tests seem to write it; they run again for it once it changes while none runs`;
  return { level: "information", file, message };
}

function latestRuns(config: Config, request: WatchRequest): LatestRuns {
  return new LatestRuns(isByTest(config, request));
}

/** Whether it is known of test files what they run, and not only what they load. */
function isByTest({ byTest }: Config, { changed = false }: WatchRequest): boolean {
  return byTest || changed !== false;
}

async function runSome(
  given: Config,
  all: readonly string[],
  selection: Parameters<typeof runSelection>[2],
  request: WatchRequest & Pick<ChangedRequest, "among"> & { readonly changes?: ReadonlySet<string> },
  runs: LatestRuns,
): Promise<RunResult> {
  const config = configFor(given, request);
  const hasRecord = isByTest(given, request);
  runs.begin(all, request.among ?? selection.tests, request.changes ?? []);
  const known = hasRecord ? undefined : runs.outcomes;
  const onEvent = await request.createReporter();
  const run = { ...request, onEvent };
  const { result, outcomes } = await runSelection(config, planFor(config, all), selection, run, known);
  runs.end(outcomes);
  return result;
}

/** Test files may go, and come back: one that is named and gone does not take the others with it. */
async function prepareAgain(
  config: Config,
  request: WatchRequest,
): Promise<Pick<Prepared, "config" | "tests">> {
  try {
    return await prepare(config, request.patterns);
  } catch (error) {
    if (!isNoTests(error)) throw error;
    const patterns = (request.patterns ?? []).filter((each, _, all) => hasTests(each, all));
    return patterns.every((each) => each.startsWith("!")) ? { config, tests: [] } : prepare(config, patterns);
  }
}

function hasTests(pattern: string, all: readonly string[]): boolean {
  if (pattern.startsWith("!")) return true;
  try {
    return findTests([pattern, ...all.filter((each) => each.startsWith("!"))], currentFolder()).length > 0;
  } catch (error) {
    if (isNoTests(error)) return false;
    throw error;
  }
}

function isNoTests(error: unknown): boolean {
  return error instanceof LuacovError && error.code === "NO_TESTS";
}

const configurationNames: readonly string[] = [...ownNames, ...nycNames, "package.json"];

/** Configuration of other tools' that counts here. */
function isOthers({ cwd, configFile, luacov }: Config): (file: string) => boolean {
  const busted = path.resolve(cwd, configFile ?? ".busted");
  const own = luacov?.file ?? path.join(cwd, ".luacov");
  return (file) => file === busted || file === own;
}

function configurationAmong(
  changed: ReadonlySet<string>,
  config: Config,
  { configurationFiles = [] }: WatchRequest,
): string[] {
  const isNamed = (file: string) => configurationFiles.includes(file) || isOthers(config)(file);
  return [...changed].filter((file) => configurationNames.includes(path.basename(file)) || isNamed(file));
}

function startAgain(file: string, { cwd }: Config): Notice {
  const message = `${path.relative(cwd, file)} has changed; start the watch again for it to count`;
  return { level: "information", file, message };
}
