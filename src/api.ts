import { analyse } from "./analyse.js";
import { addHits, noHits } from "./collect/hits.js";
import { mergeCoverage } from "./coverage/merge.js";
import { readCoverage, storeCoverage } from "./coverage/store.js";
import { violations } from "./coverage/thresholds.js";
import { verdict } from "./discover/verdict.js";
import { noCoverage } from "./errors.js";
import { makeJobs, makePlan } from "./harness/plan.js";
import { runJobs } from "./harness/runner.js";
import { checkReporters, writeReports } from "./report/reports.js";
import type { Config, CoverageMapData, Outcome, RunResult, TestResult, Verdict, Violation } from "./types.js";

/** What to run. */
export interface RunRequest {
  /** Test files: globs, files or folders, relative to the current folder. */
  readonly patterns: readonly string[];
  /** What each test file gets as `arg[1]`, … and `...`. */
  readonly args?: readonly string[];
  /** Ends the run early; what was measured so far is in the result. */
  readonly signal?: AbortSignal;
  /** Hears of each test file as it ends. */
  readonly onResult?: (result: TestResult) => void;
}

/**
 * Runs test files and measures what they cover. The coverage map is also kept in `tempDir`.
 * Failing tests are data in the result. Throws NO_TESTS, UNKNOWN_REPORTER and NOT_WRITABLE.
 */
export async function run(config: Config, request: RunRequest): Promise<RunResult> {
  checkReporters(config.reporter);
  const plan = makePlan(config, request.patterns);
  const outcomes: Outcome[] = [];
  const onOutcome = (outcome: Outcome) => {
    outcomes.push(outcome);
    request.onResult?.(outcome.result);
  };
  const { timeout, maxMemory } = config;
  const jobs = makeJobs(plan, config, request.args ?? []);
  await runJobs(jobs, { timeout, maxMemory, onOutcome, signal: request.signal });

  const hits = outcomes.reduce((sum, outcome) => addHits(sum, outcome.hits), noHits);
  const { coverage, notices } = analyse(hits, plan.sources, {
    root: config.cwd,
    linesOnly: config.linesOnly,
  });
  storeCoverage(config.tempDir, coverage, config.clean);
  const looked: [string, Verdict][] = plan.sources.map((file) => [file, verdict(plan.scope, file)]);
  return {
    results: outcomes.map((outcome) => outcome.result),
    coverage,
    notices,
    verdicts: Object.assign(Object.fromEntries(looked), ...outcomes.map((outcome) => outcome.verdicts)),
    interrupted: request.signal?.aborted ?? false,
  };
}

/**
 * Writes the configured reports of a coverage map, by default of what runs have left in `tempDir`.
 * Throws NO_COVERAGE when there is nothing to report, UNKNOWN_REPORTER, BAD_COVERAGE_FILE and NOT_WRITABLE.
 */
export function report(config: Config, coverage: CoverageMapData = readCoverage(config.tempDir)): void {
  if (Object.keys(coverage).length === 0) throw noCoverage(config.cwd);
  writeReports(config, coverage);
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
  coverage: CoverageMapData = readCoverage(config.tempDir),
): Violation[] {
  if (Object.keys(coverage).length === 0) throw noCoverage(config.cwd);
  return violations(coverage, config.thresholds, config.perFile);
}
