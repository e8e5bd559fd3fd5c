import { prepare } from "../harness/plan/busted.js";
import { makeJobs, planFor } from "../harness/plan/plan.js";
import { select } from "../harness/plan/selection.js";
import { readTestRecord } from "../harness/record/testRecord.js";
import { createChildren } from "../harness/run/children.js";
import { measure } from "../harness/run/measure.js";
import { fullName } from "../harness/run/results/totals.js";
import { checkFramework } from "../luas/frameworks.js";
import { findLuas, prepareLuas } from "../luas/luas.js";
import type { NativeRun } from "../luas/nativeRun.js";
import { type Candidate, compare } from "../order/compare.js";
import type { Runs } from "../order/observe.js";
import { type FindSites, noSites, sitesIn } from "../order/sets.js";
import { filesOf, type OrderedFile, sharedNames } from "../order/tests.js";
import type { Config, InseparableTest, Job, OrderReport, Plan } from "../types.js";
import { conclude } from "./running/conclude.js";
import type { RunRequest } from "./running/request.js";

/** What to run, and who hears of it. */
export interface AloneRequest
  extends Pick<RunRequest, "patterns" | "args" | "rerunFailed" | "signal" | "onPrograms"> {
  /** Hears before each part of it how many tests run: all in order, those that run by themselves, and those that did something else then. */
  readonly onPhase?: (phase: "in order" | "alone" | "search", count: number) => void;
}

/**
 * Runs tests in order, then each by itself, and says of which the result, or what they cover, depends on others of their file, and
 * on which. Those that do something else by themselves run some more times for that. Nothing is kept. Throws as `run` does.
 */
export async function testsAlone(given: Config, request: AloneRequest): Promise<OrderReport> {
  const { config, tests, lines } = await prepare(inOrder(given), request.patterns);
  const plan = planFor(config, tests);
  const { record } = readTestRecord(config.testRecord);
  const selection = select(plan.tests, config, record, request.rerunFailed ?? false);
  const luas = await findLuas(config);
  await checkFramework(config, luas);
  const jobsOf = (which: Pick<typeof selection, "only" | "lines">) =>
    makeJobs(
      { ...plan, tests: selection.tests },
      config,
      request.args ?? [],
      0,
      { ...selection, ...which },
      luas,
    );
  const jobs = jobsOf({ only: selection.only, lines });
  const native = await prepareLuas(config, plan, luas, jobs.length);
  try {
    const runs = runsOf(config, plan, native, request);
    // What is chosen of a file is chosen anew for each test.
    return await report(jobs, jobsOf({ only: new Map(), lines: new Map() }), runs, config, request);
  } finally {
    native?.close();
  }
}

/** Tests in the order in which they are written, each of them once, with what they cover where that can be told. */
function inOrder(config: Config): Config {
  const { coverage, framework, collector } = config;
  const once = { repeat: 1, retry: 0, bail: 0, shuffleFiles: false, shuffleTests: false };
  const byTest = coverage && framework !== "busted" && collector !== "hook";
  return { ...config, ...once, byTest, all: false, profile: null };
}

function runsOf(
  config: Config,
  plan: Plan,
  native: NativeRun | null,
  { signal, onPrograms }: AloneRequest,
): Runs {
  const natives = native?.createExecutor ?? null;
  const end = { interrupted: false, notRun: 0, selected: 0 };
  return {
    run: async (jobs, keepHits) => {
      const children = createChildren(plan.scope, config, "project first");
      try {
        return await measure(jobs, config, {
          signal,
          onPrograms,
          tell: () => {},
          children,
          natives,
          keepHits,
        });
      } finally {
        children.close();
      }
    },
    conclude: async (ran) =>
      config.byTest ? (await conclude(config, plan, ran, end, { native })).byTest : null,
  };
}

async function report(
  jobs: readonly Job[],
  whole: readonly Job[],
  runs: Runs,
  { byTest: comparesCoverage }: Config,
  { signal, onPhase = () => {} }: AloneRequest,
): Promise<OrderReport> {
  onPhase("in order", jobs.length);
  const ran = await runs.run(jobs, false);
  const files = filesOf(ran.outcomes, whole);
  const byTest = await runs.conclude(ran);
  const sitesOf = byTest === null ? noSites : sitesIn(byTest);
  const candidates = files.flatMap((file) => candidatesOf(file, sitesOf));
  const compared = await compare(candidates, runs, onPhase);
  return {
    tests: files.reduce((sum, { tests }) => sum + tests.length, 0),
    ...compared,
    inseparable: [...files.flatMap(twins), ...compared.inseparable],
    comparesCoverage,
    interrupted: signal?.aborted ?? false,
  };
}

/** The first test of a file has nothing before it. */
function candidatesOf(file: OrderedFile, sitesOf: FindSites): readonly Candidate[] {
  const { job, tests, verdicts } = file;
  const shared = sharedNames(file);
  return tests.flatMap((test, index) => {
    const verdict = verdicts[index];
    if (index === 0 || verdict === undefined || shared.has(fullName(test))) return [];
    return [{ job, test, before: tests.slice(0, index), inOrder: { verdict, covers: sitesOf(test) } }];
  });
}

function twins(file: OrderedFile): readonly InseparableTest[] {
  const shared = sharedNames(file);
  return file.tests
    .filter((test) => shared.has(fullName(test)))
    .map((test) => ({ test, reason: "another test of the file has its name" }));
}
