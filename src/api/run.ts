import type { AnalysisAhead } from "../analysis/ahead.js";
import { checkSince } from "../change/change.js";
import { type Prepared, prepare } from "../harness/plan/busted.js";
import { missingTests } from "../harness/plan/filters.js";
import { makeJobs, newSeed, planFor } from "../harness/plan/plan.js";
import { planNotices } from "../harness/plan/planNotices.js";
import { type Selection, select } from "../harness/plan/selection.js";
import { keepRecord } from "../harness/record/keepRecord.js";
import { readTestRecord } from "../harness/record/testRecord.js";
import { type Audience, createAudience } from "../harness/run/audience.js";
import { type Children, createChildren } from "../harness/run/children.js";
import { type Measured, measure } from "../harness/run/measure.js";
import { createShown, type Shown } from "../harness/run/originals.js";
import { totalsOf } from "../harness/run/totals.js";
import { HitsSum } from "../hits/sum.js";
import { checkFramework } from "../luas/frameworks.js";
import { type FoundLua, findLuas, prepareLuas } from "../luas/luas.js";
import type { NativeRun } from "../luas/nativeRun.js";
import { loadIstanbul } from "../report/istanbul.js";
import { findReporters } from "../report/reporters.js";
import { replaceByTest } from "../store/byTestFile.js";
import { keepProfile } from "../store/profileFile.js";
import { beginRun } from "../store/storedRun.js";
import type { Config, Job, Notice, Outcome, Plan, RunResult, Shard, TestReporter } from "../types.js";
import { type Conclusion, conclude, lookAhead, warningsOf } from "./conclude.js";
import { forDebugging } from "./debug/debugging.js";
import {
  beginChangedRun,
  type ChangedRequest,
  type ChangedRun,
  configFor,
  tellUnchanged,
} from "./selected.js";

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

/**
 * Runs test files and measures what they cover. The coverage map is also kept in `tempDir`.
 * Failing tests are data in the result. Throws NO_TESTS, UNKNOWN_REPORTER, NOT_WRITABLE and GIT.
 */
export async function run(given: Config, request: RunRequest): Promise<RunResult> {
  findReporters(given);
  if (given.projects.length > 0) return (await import("./projects.js")).runProjects(given, request);
  return (await runPrepared(await prepare(forDebugging(given), request.patterns), request)).result;
}

/** What a run of ours asks for beside that. */
interface OwnRequest extends RunRequest, Pick<ChangedRequest, "among"> {
  /** Whether outcomes say what the programs ask of the system, as those of a run by changes do. */
  readonly tellsAccesses?: boolean;
}

/** Runs the tests that were found, by the configuration that goes with them. */
export async function runPrepared(
  { config: given, tests, lines, notices }: Prepared,
  request: OwnRequest,
): ReturnType<typeof runSelection> {
  const config = configFor(given, request);
  const plan = planFor(config, tests);
  const { record, notices: doubts } = readTestRecord(config.testRecord);
  const selected = select(plan.tests, config, record, request.rerunFailed ?? false);
  const selection = { ...selected, lines };
  const { result, outcomes } = await runSelection(config, plan, selection, request);
  const before = [...planNotices(config, selection.tests), ...notices, ...doubts];
  return { result: { ...result, notices: [...before, ...result.notices] }, outcomes };
}

/**
 * Runs some test files of a plan. What outcomes of others that are `known` cover counts, too; where some may be known
 * later, outcomes keep their hits.
 */
export async function runSelection(
  config: Config,
  plan: Plan,
  asked: Selection,
  request: OwnRequest,
  known?: readonly Outcome[],
): Promise<{ readonly result: RunResult; readonly outcomes: readonly Outcome[] }> {
  checkSince(config);
  const audience = createAudience(request.onEvent ?? (() => {}));
  const shown = createShown(config);
  const luas = await findLuas(config);
  await checkFramework(config, luas);
  const changed = await beginChangedRun(config, asked, luas, request);
  const { selection, unchanged } = changed;
  const tests = await startTests(config, plan, selection, luas, request, audience, changed, shown);
  const children = createChildren(plan.scope, config, "project first");
  // What the last run has left is not emptied by a run of nothing.
  const isStored = config.coverage && (tests.files.length > 0 || !request.rerunFailed);
  const before = [...(known ?? []), ...unchanged.outcomes];
  const began = request.began ?? Date.now();
  const storing = storingOf(config);
  const stored = isStored ? beginRun(storing, began) : null;
  let native: NativeRun | null = null;
  let ahead: AnalysisAhead | null = null;
  try {
    native = await prepareLuas(config, plan, luas, tests.jobs.length);
    ahead = lookAhead(config, plan);
    const leaving = leavingOf(config, request, changed, known !== undefined);
    const options = { children, native, changed, shown, ...leaving };
    const ran = await runTests(config, tests, request, audience, options);
    ahead.stop();
    const concluding = { request, changed, before, native, ahead, shown };
    const concluded = await concludeRun(config, plan, ran, concluding);
    const { hasRun, result, whole } = concluded;
    const { shard } = selection;
    const doubts = await keepConclusion(storing, whole, {
      began,
      shard,
      stored: result.kept ? stored : null,
    });
    const written = hasRun ? keepRecord(config, concluded.ran, selection) : [];
    const recorded = changed.keep(concluded.ran, concluded.byTest);
    // What a reporter has thrown is told once nothing can be lost by it.
    await audience.settled();
    const notices = [
      ...[...selection.notices, ...changed.notices, ...result.notices, ...children.notices()],
      ...[...warningsOf(config, doubts), ...written, ...recorded, ...concluded.missing],
    ];
    return { result: { ...result, notices }, outcomes: concluded.outcomes };
  } finally {
    ahead?.stop();
    stored?.end();
    native?.close();
    children.close();
  }
}

/** What outcomes are to have, besides what all have. */
function leavingOf(
  config: Config,
  { tellsAccesses = false }: OwnRequest,
  { change }: ChangedRun,
  isWatched: boolean,
): { readonly keepHits: boolean; readonly tellsAccesses: boolean } {
  return {
    keepHits: isWatched || (change !== null && !config.byTest),
    // Who runs tests again for changes has to know which ones are their own.
    tellsAccesses: tellsAccesses || isWatched || change !== null,
  };
}

interface Concluding {
  readonly request: OwnRequest;
  readonly changed: ChangedRun;
  /** What is known of tests that did not run. */
  readonly before: readonly Outcome[];
  readonly native: NativeRun | null;
  readonly ahead: AnalysisAhead;
  readonly shown: Shown;
}

/** What a run has found out, with what was known before. */
async function concludeRun(
  config: Config,
  plan: Plan,
  { measured, end }: Awaited<ReturnType<typeof runTests>>,
  { request, changed, before, native, ahead, shown }: Concluding,
) {
  const ran = measured.outcomes;
  const hits = withKnown(measured, before);
  const conclusion = await conclude(config, plan, hits, end, { native, ahead });
  const whole = changed.whole(conclusion);
  const outcomes = [...changed.unchanged.outcomes, ...ran];
  const missing = missingIn(config, outcomes, request);
  const hasTests = missing.every(({ level }) => level !== "problem");
  const hasRun = hasTests && (ran.length > 0 || before.length > 0 || end.selected === 0);
  const results = outcomes.flatMap((outcome) =>
    outcome.results.map((result) => shown(result, outcome.loaded)),
  );
  const result = { ...whole.result, results, kept: config.coverage && hasRun };
  return { ran, byTest: conclusion.byTest, outcomes, whole, missing, hasRun, result };
}

interface Keeping {
  readonly began: number;
  readonly shard: Shard | null;
  /** Null for a run whose coverage is not kept. */
  readonly stored: ReturnType<typeof beginRun> | null;
}

/** Leaves in the temp-dir what a run has found out. Returns what is in doubt. */
async function keepConclusion(
  config: Config,
  { result, digests, byTest }: Conclusion,
  { began, shard, stored }: Keeping,
): Promise<readonly string[]> {
  const doubts = (await stored?.keep(result.coverage, { shard, digests })) ?? [];
  // busted does not tell where a test begins: of its tests, nobody wants to know that they are all one.
  if (stored !== null) replaceByTest(config, config.framework === "busted" ? null : byTest, began);
  if (result.profile !== null) keepProfile(config, result.profile, began);
  return doubts;
}

/** Whose what is kept is. */
function storingOf(config: Config): Config {
  return { ...config, cwd: config.partOf ?? config.cwd };
}

function missingIn(config: Config, outcomes: readonly Outcome[], request: RunRequest): readonly Notice[] {
  return request.isPart ? [] : missingTests(config, outcomes, request);
}

interface StartedTests {
  readonly jobs: readonly Job[];
  readonly files: readonly string[];
}

/** Tells that a run starts: a reporter that cannot write says so before any test runs. */
async function startTests(
  config: Config,
  plan: Plan,
  { tests, ...selected }: Selection,
  luas: readonly (FoundLua | null)[],
  { args = [] }: RunRequest,
  { tell, settled }: Audience,
  changed: ChangedRun,
  shown: Shown,
): Promise<StartedTests> {
  const seed = config.seed ?? newSeed();
  const jobs = makeJobs({ ...plan, tests }, config, args, seed, selected, luas);
  const files = [...new Set(jobs.map((job) => job.program.file))];
  const names = luas.map((lua) => lua?.name ?? null);
  tell({
    kind: "run start",
    files,
    rounds: config.repeat,
    luas: names,
    seed: config.shuffleFiles || config.shuffleTests ? seed : null,
    ...(changed.change === null ? {} : { unchanged: changed.unchanged.files }),
  });
  tellUnchanged(changed, tell, shown);
  await settled();
  return { jobs, files };
}

/** Runs test files and tells what happens, to the end of the run. */
async function runTests(
  config: Config,
  { jobs, files }: StartedTests,
  { signal, onPrograms }: RunRequest,
  { tell }: Audience,
  {
    native,
    changed,
    ...options
  }: {
    readonly children: Children;
    readonly native: NativeRun | null;
    readonly keepHits: boolean;
    readonly tellsAccesses: boolean;
    readonly changed: ChangedRun;
    readonly shown: Shown;
  },
) {
  const start = performance.now();
  // Once the programs have begun, this thread has nothing to do until they tell something.
  setImmediate(loadIstanbul, config);
  const measured = await measure(jobs, config, {
    signal,
    onPrograms,
    tell,
    natives: native?.createExecutor ?? null,
    ...options,
  });
  const { outcomes } = measured;
  const interrupted = signal?.aborted ?? false;
  const notRun = files.length - new Set(outcomes.map(({ file }) => file)).size;
  const known = changed.unchanged.outcomes.flatMap(({ results }) => results);
  const totals = totalsOf([...known, ...outcomes.flatMap(({ results }) => results)]);
  const duration = performance.now() - start;
  const left = known.length === 0 ? {} : { unchanged: known.length };
  tell({ kind: "run end", duration, totals, interrupted, notRun, ...left });
  const selected = files.length + changed.unchanged.files.length;
  return { measured, end: { interrupted, notRun, selected } };
}

function withKnown({ outcomes, hits }: Measured, known: readonly Outcome[]): Measured {
  const sum = new HitsSum();
  for (const each of [...known.map((outcome) => outcome.hits), hits]) sum.add(each);
  return { outcomes: [...known, ...outcomes], hits: sum.hits };
}
