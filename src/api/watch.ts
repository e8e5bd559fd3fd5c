import path from "node:path";
import { LuacovError } from "../errors.js";
import { type Changed, watchFolders } from "../harness/run/watching/watcher.js";
import { isWithin } from "../output/place.js";
import { checkOutputs } from "../report/outputs.js";
import type { Config, Notice, RunResult, TestReporter } from "../types.js";
import type { RunRequest } from "./running/request.js";
import { configurationAmong } from "./watched/configuration.js";
import { partsOf, renewed, type WatchedPart } from "./watched/part.js";
import { hasWork, planTurns, runTurns } from "./watched/turn.js";

/** What to run again and again, and who hears of it. */
export interface WatchRequest extends Omit<RunRequest, "onEvent" | "signal"> {
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** Makes what hears of the tests of one run, which is one of this configuration. */
  readonly createReporter: (config: Config) => Promise<TestReporter>;
  /** After each run, by this configuration; the coverage is that of the last run of every test file. */
  readonly onResult: (result: RunResult, config: Config) => void | Promise<void>;
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
  parts: readonly WatchedPart[];
  /** Whether the last change was a mistake: when it is mended, everything runs. */
  broken: boolean;
}

/**
 * Runs test files, then after each change in the folders of the projects those that it touches: files that changed or
 * loaded what did, and new ones; all of a project when its configuration changed. Resolves after an abort. Throws as `run`
 * does at the start alone: later on a mistake is told, and waits to be mended.
 */
export async function watch(config: Config, request: WatchRequest): Promise<void> {
  const { signal, onResult, onWait } = request;
  checkOutputs(config);
  const watcher = await watchFolders(foldersOf(config), [config.tempDir, config.reportDir]);
  const watched: Watched = { config, parts: partsOf(config, request), broken: false };
  try {
    const first = await runTouched(watched, request, new Set());
    if (first.result !== null) await onResult(first.result, config);
    if (!signal.aborted) onWait([]);
    while (!signal.aborted) {
      const changed = await watcher.next(signal);
      if (changed === null) return;
      const { result, notices } = await afterChange(watched, { ...request, rerunFailed: false }, changed);
      if (result !== null) await onResult(result, watched.config);
      const isNews = result !== null || notices.length > 0;
      if (isNews && !signal.aborted) onWait(notices);
    }
  } finally {
    await watcher.close();
  }
}

/** Where a change may be one of what runs; the configuration may be above a project. */
function foldersOf({ cwd, partOf, projects }: Config): readonly string[] {
  return [cwd, ...(partOf === null ? [] : [partOf]), ...projects.map((project) => project.config.cwd)];
}

interface Turn {
  /** Null when nothing ran. */
  readonly result: RunResult | null;
  readonly notices: readonly Notice[];
}

async function afterChange(watched: Watched, request: WatchRequest, changed: Changed): Promise<Turn> {
  const configuration = configurationIn(changed, watched, request);
  try {
    if (!watched.broken && !mayBeOther(configuration, changed, watched))
      return await runTouched(watched, request, changed.files);
    const isHeeded = await heed(watched, request, configuration);
    const { result, notices } = await runTouched(watched, request, changed.files);
    const told = isHeeded ? [] : configuration.map((file) => startAgain(file, watched.config));
    return { result, notices: [...notices, ...told] };
  } catch (error) {
    if (!(error instanceof LuacovError)) throw error;
    watched.broken = true;
    const notice: Notice = { level: "problem", file: watched.config.cwd, message: error.message };
    return { result: null, notices: [notice] };
  }
}

function configurationIn(
  { files }: Changed,
  { config, parts }: Watched,
  { configurationFiles = [] }: WatchRequest,
): readonly string[] {
  return configurationAmong(files, [config, ...parts.map((part) => part.config)], configurationFiles);
}

/** Whether the configuration may be another one; a new folder may be a project by a glob. */
function mayBeOther(configuration: readonly string[], { folders }: Changed, { config }: Watched): boolean {
  return configuration.length > 0 || (folders.size > 0 && config.projects.length > 0);
}

/**
 * Goes on by the configuration as it is now; `files` are what has changed of it. False where that cannot be: nobody reads it again, or
 * it says what is settled when a watch starts.
 */
async function heed(watched: Watched, request: WatchRequest, files: readonly string[]): Promise<boolean> {
  const { config: before, broken } = watched;
  const { reload } = request;
  if (reload === undefined && !broken) return false;
  const config = reload === undefined ? before : await reload();
  if (!isWatchedBy(config, before)) return false;
  const parts = partsOf(config, request);
  watched.parts = broken ? parts : renewed(watched.parts, parts, files);
  watched.config = config;
  watched.broken = false;
  return reload !== undefined;
}

/** Whether a watch that has begun by another configuration is one of this, too. */
function isWatchedBy(config: Config, before: Config): boolean {
  const folders = foldersOf(before);
  const isSeen = (folder: string) => folders.some((each) => isWithin(folder, each));
  const isSame = (key: "cwd" | "tempDir" | "reportDir") => config[key] === before[key];
  return isSame("cwd") && isSame("tempDir") && isSame("reportDir") && foldersOf(config).every(isSeen);
}

/** Runs nothing when the changes touch no test file. */
async function runTouched(
  { config, parts }: Watched,
  request: WatchRequest,
  changed: ReadonlySet<string>,
): Promise<Turn> {
  const turns = await planTurns(parts, request, changed);
  const restless = new Set(turns.flatMap((turn) => turn.restless));
  const notices = [...restless].map((file) => restlessNotice(file, config));
  if (!turns.some(hasWork)) return { result: null, notices };
  const onEvent = await request.createReporter(config);
  return { result: await runTurns(config, turns, { ...request, onEvent }), notices };
}

function restlessNotice(file: string, { cwd }: Config): Notice {
  const message = `${path.relative(cwd, file)} has changed in each of the last runs, so that tests seem to write it; they run again for it once it changes while none runs`;
  return { level: "information", file, message };
}

function startAgain(file: string, { cwd }: Config): Notice {
  const message = `${path.relative(cwd, file)} has changed; start the watch again for it to count`;
  return { level: "information", file, message };
}
