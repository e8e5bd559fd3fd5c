import path from "node:path";
import { analyse } from "./analyse.js";
import { HitsSum } from "./coverage/hits.js";
import { mergeCoverage } from "./coverage/merge.js";
import { violations } from "./coverage/thresholds.js";
import { verdict } from "./discover/verdict.js";
import { noCoverage, notWritable } from "./errors.js";
import { prepare } from "./harness/plan/busted.js";
import { missingTests } from "./harness/plan/filters.js";
import { interpreter, makeJob, makeJobs, newSeed, planFor } from "./harness/plan/plan.js";
import { planNotices } from "./harness/plan/planNotices.js";
import { type Selection, select } from "./harness/plan/selection.js";
import { keepRecord } from "./harness/record/keepRecord.js";
import { readTestRecord } from "./harness/record/testRecord.js";
import { type Audience, createAudience } from "./harness/run/audience.js";
import { type Children, createChildren, inherited, leaveHits } from "./harness/run/children.js";
import { createLane } from "./harness/run/lane.js";
import { type Measured, measure } from "./harness/run/measure.js";
import { totalsOf } from "./harness/run/totals.js";
import { writeWhole } from "./output/whole.js";
import { checkReporters, writeReports } from "./report/reports.js";
import { readCoverage } from "./store/read.js";
import { beginRun } from "./store/storedRun.js";
import type {
  Config,
  CoverageMapData,
  Exit,
  Job,
  Notice,
  Outcome,
  Plan,
  RunResult,
  Step,
  TestReporter,
  Verdict,
  Violation,
} from "./types.js";

/** What to run. */
export interface RunRequest {
  /** Test files: globs, files or folders, relative to the current folder; by default test, tests and spec. */
  readonly patterns?: readonly string[];
  /** What each test file gets as `arg[1]`, … and `...`. */
  readonly args?: readonly string[];
  /** Run only what failed in the last run: files, and of specs the tests. */
  readonly rerunFailed?: boolean;
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
}

/**
 * Runs test files and measures what they cover. The coverage map is also kept in `tempDir`.
 * Failing tests are data in the result. Throws NO_TESTS, UNKNOWN_REPORTER and NOT_WRITABLE.
 */
export async function run(given: Config, request: RunRequest): Promise<RunResult> {
  checkReporters(given.reporter);
  const { config, tests, notices } = await prepare(given, request.patterns);
  const plan = planFor(config, tests);
  const { record, notices: doubts } = readTestRecord(config.testRecord);
  const selection = select(plan.tests, config, record, request.rerunFailed ?? false);
  const { result } = await runSelection(config, plan, selection, request);
  const before = [...planNotices(config, selection.tests), ...notices, ...doubts];
  return { ...result, notices: [...before, ...result.notices] };
}

/**
 * Runs some test files of a plan. What outcomes of others that are `known` cover counts, too; where some may be known
 * later, outcomes keep their hits.
 */
export async function runSelection(
  config: Config,
  plan: Plan,
  selection: Selection,
  request: RunRequest,
  known?: readonly Outcome[],
): Promise<{ readonly result: RunResult; readonly outcomes: readonly Outcome[] }> {
  const audience = createAudience(request.onEvent ?? (() => {}));
  const tests = await startTests(config, plan, selection, request, audience);
  const children = createChildren(plan.scope, config, "project first");
  // What the last run has left is not emptied by a run of nothing.
  const stored = tests.files.length > 0 || !request.rerunFailed ? beginRun(config, request.began) : null;
  try {
    const keepHits = known !== undefined;
    const { measured, end } = await runTests(config, tests, request, audience, { children, keepHits });
    const { outcomes } = measured;
    const { notices, ...concluded } = conclude(config, plan, withKnown(measured, known ?? []), end);
    const missing = missingTests(config, outcomes, request);
    const hasTests = missing.every(({ level }) => level !== "problem");
    const kept = hasTests && (outcomes.length > 0 || end.selected === 0);
    const doubts = kept ? (stored?.keep(concluded.coverage, selection.shard) ?? []) : [];
    const written = kept ? keepRecord(config, outcomes, selection) : [];
    // What a reporter has thrown is told once nothing can be lost by it.
    await audience.settled();
    const results = outcomes.flatMap((outcome) => outcome.results);
    const warnings = warningsOf(config, doubts);
    const all = [selection.notices, notices, children.notices(), warnings, written, missing];
    return { result: { ...concluded, results, notices: all.flat(), kept }, outcomes };
  } finally {
    stored?.end();
    children.close();
  }
}

interface StartedTests {
  readonly jobs: readonly Job[];
  readonly files: readonly string[];
}

/** Tells that a run starts: a reporter that cannot write says so before any test runs. */
async function startTests(
  config: Config,
  plan: Plan,
  { tests, only }: Selection,
  { args = [] }: RunRequest,
  { tell, settled }: Audience,
): Promise<StartedTests> {
  const seed = config.seed ?? newSeed();
  const jobs = makeJobs({ ...plan, tests }, config, args, seed, only);
  const files = [...new Set(jobs.map((job) => job.program.file))];
  tell({ kind: "run start", files, rounds: config.repeat, seed: config.shuffle ? seed : null });
  await settled();
  return { jobs, files };
}

/** Runs test files and tells what happens, to the end of the run. */
async function runTests(
  config: Config,
  { jobs, files }: StartedTests,
  { signal, onPrograms }: RunRequest,
  { tell }: Audience,
  options: { readonly children: Children; readonly keepHits: boolean },
) {
  const start = performance.now();
  const measured = await measure(jobs, config, { signal, onPrograms, tell, ...options });
  const { outcomes } = measured;
  const interrupted = signal?.aborted ?? false;
  const notRun = files.length - new Set(outcomes.map(({ file }) => file)).size;
  const totals = totalsOf(outcomes.flatMap(({ results }) => results));
  tell({ kind: "run end", duration: performance.now() - start, totals, interrupted, notRun });
  return { measured, end: { interrupted, notRun, selected: files.length } };
}

function warningsOf({ tempDir }: Config, messages: readonly string[]): Notice[] {
  return messages.map((message) => ({ level: "warning", file: tempDir, message }));
}

function withKnown({ outcomes, hits }: Measured, known: readonly Outcome[]): Measured {
  const sum = new HitsSum();
  for (const each of [...known.map((outcome) => outcome.hits), hits]) sum.add(each);
  return { outcomes: [...known, ...outcomes], hits: sum.hits };
}

/** A Lua program to run as the `lua` command would. */
export interface ExecRequest {
  readonly steps: readonly Step[];
  /** arg[0]; null for what runs Lua, when no script is named. */
  readonly file: string | null;
  readonly args: readonly string[];
  /** What stands before arg[0] besides the interpreter itself. */
  readonly options?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onPrograms?: (running: boolean) => void;
  /** Whether it is measured for a measured program that started it alone; by default, also by itself. */
  readonly onlyAsChild?: boolean;
  /** As of a run of tests. */
  readonly began?: number;
}

export interface ExecResult extends RunResult {
  readonly exit: Exit;
  /** True for a program that reports nothing by itself: a measured one started it, and reports. */
  readonly isChild: boolean;
}

/** Runs one Lua program and measures what it covers, with the Lua programs that it starts by `arg[-1]`. */
export async function exec(config: Config, request: ExecRequest): Promise<ExecResult> {
  const { steps, file, args, options = [], signal, onPrograms } = request;
  const program =
    file === null
      ? { steps, file: interpreter, args }
      : { steps, file, args, interpreter: [interpreter, ...options] };
  const settings = { ...config, pathOrder: "as lua" } as const;
  const parent = inherited();
  if (parent === "orphan" || (parent === null && request.onlyAsChild === true)) {
    const { exit } = await runAlone(config, makeJob(program, planFor(config, []).scope, settings), request);
    return childResult(exit, signal);
  }
  if (parent !== null) {
    const { exit, hits } = await runAlone(config, makeJob(program, parent.scope, parent), request);
    leaveHits(parent.folder, hits);
    return childResult(exit, signal);
  }
  checkReporters(config.reporter);
  const plan = planFor(config, []);
  const jobs = [makeJob(program, plan.scope, settings)];
  const children = createChildren(plan.scope, config, "as lua");
  const stored = beginRun(config, request.began);
  try {
    const measured = await measure(jobs, config, { signal, onPrograms, tell: () => {}, children });
    const end = { interrupted: signal?.aborted ?? false, notRun: 0, selected: 1 };
    const result = conclude(config, plan, measured, end);
    // A program that has to do with none of the project's files says nothing about them.
    const kept = Object.keys(result.coverage).length > 0;
    const doubts = kept ? stored.keep(result.coverage) : [];
    const notices = [result.notices, children.notices(), warningsOf(config, doubts)].flat();
    const exit: Exit = measured.outcomes[0]?.exit ?? { kind: "interrupted" };
    return { ...result, notices, exit, isChild: false, kept };
  } finally {
    stored.end();
    children.close();
  }
}

async function runAlone(
  { timeout, maxMemory }: Config,
  job: Job,
  { signal, onPrograms = () => {} }: ExecRequest,
): Promise<Outcome> {
  const lane = createLane({ timeout, maxMemory, workers: 1, environment: process.env, signal });
  onPrograms(true);
  const outcome = await lane.run(job, () => {});
  await lane.close();
  onPrograms(false);
  return outcome;
}

function childResult(exit: Exit, signal: AbortSignal | undefined): ExecResult {
  return {
    results: [],
    coverage: {},
    notices: [],
    verdicts: {},
    interrupted: signal?.aborted ?? false,
    notRun: 0,
    selected: 1,
    exit,
    isChild: true,
    kept: false,
  };
}

function conclude(
  config: Config,
  plan: Plan,
  { outcomes, hits }: Measured,
  end: Pick<RunResult, "interrupted" | "notRun" | "selected">,
): Omit<RunResult, "kept"> {
  const sources = end.selected > 0 ? plan.sources : [];
  const { coverage, notices } = analyse(hits, sources, {
    root: config.cwd,
    linesOnly: config.linesOnly,
  });
  const looked: [string, Verdict][] = plan.sources.map((file) => [file, verdict(plan.scope, file)]);
  return {
    results: outcomes.flatMap((outcome) => outcome.results),
    coverage,
    notices: [...notices, ...outcomes.flatMap(limitNotices)],
    verdicts: Object.assign(Object.fromEntries(looked), ...outcomes.map((outcome) => outcome.verdicts)),
    ...end,
  };
}

/** Advice for a program that failed, and relied on what the embedded Lua does not have. */
function limitNotices({ file, results, limits }: Outcome): Notice[] {
  if (results.every(({ status }) => status === "success" || status === "pending")) return [];
  const advice =
    "which the embedded Lua does not have: if the failure is about them, only a native Lua can run this test";
  return limits.map((limit) => ({
    level: "warning",
    file,
    message: `${file} relies on ${limit}, ${advice}`,
  }));
}

/**
 * Writes the configured reports of a coverage map, by default of what runs have left in `tempDir`.
 * Throws NO_COVERAGE when there is nothing to report, UNKNOWN_REPORTER, BAD_COVERAGE_FILE and NOT_WRITABLE.
 */
export function report(
  config: Config,
  coverage: CoverageMapData = readCoverage(config.tempDir, config.cwd),
): void {
  if (Object.keys(coverage).length === 0) throw noCoverage(config.cwd);
  writeReports(config, coverage);
}

/** Writes a coverage map to a file, which is whole or stays as it was. Throws NOT_WRITABLE. */
export function writeCoverage(
  { sandbox, cwd }: Pick<Config, "sandbox" | "cwd">,
  file: string,
  coverage: CoverageMapData,
): void {
  try {
    writeWhole(path.resolve(file), JSON.stringify(coverage), { fence: sandbox ? cwd : null, durable: true });
  } catch (cause) {
    throw notWritable(file, cause);
  }
}

/** The sum of coverage maps, for example of one suite that ran in parts. None of them is changed. */
export function merge(...maps: readonly CoverageMapData[]): CoverageMapData {
  return mergeCoverage(maps);
}

/**
 * The thresholds of the configuration that a coverage map misses, by default that of `tempDir`.
 * Throws NO_COVERAGE for an empty map, which no percentage describes, and BAD_COVERAGE_FILE.
 */
export function checkCoverage(
  config: Config,
  coverage: CoverageMapData = readCoverage(config.tempDir, config.cwd),
): Violation[] {
  if (Object.keys(coverage).length === 0) throw noCoverage(config.cwd);
  return violations(coverage, config.thresholds, config.perFile);
}
