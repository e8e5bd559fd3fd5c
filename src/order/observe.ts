import { fullName, hasFailed } from "../harness/run/results/totals.js";
import { HitsSum } from "../hits/sum.js";
import type { ByTest, Hits, Job, OrderedTest, Outcome, TestHits } from "../types.js";
import { onlyTests } from "./jobs.js";
import { type FindSites, noSites, type Observation, sitesIn } from "./sets.js";
import { testsIn, verdictOf } from "./tests.js";

/** A run of a test behind some of those before it; `job` is that of the whole file. */
export interface Attempt {
  readonly job: Job;
  readonly test: OrderedTest;
  readonly before: readonly OrderedTest[];
}

/** Why a test did not run as it was asked for, in words behind its name. */
export interface NotRun {
  readonly reason: string;
}

/** What came of jobs: in their order, and what their hits come to; null where nothing is counted by test. */
export interface Runs {
  readonly run: (jobs: readonly Job[], keepHits: boolean) => Promise<Ran>;
  readonly conclude: (ran: Ran) => Promise<ByTest | null>;
}

export interface Ran {
  readonly outcomes: readonly Outcome[];
  readonly hits: Hits;
}

/** Where runs have tests in common, hits are kept for each of so many at a time: of thousands they would fill the memory. */
const atOnce = 32;

/** What tests did; null from the end of a run on that was interrupted. */
export async function observe(
  attempts: readonly Attempt[],
  runs: Runs,
): Promise<readonly (Observation | NotRun | null)[]> {
  if (attempts.every(({ before }) => before.length === 0)) return observeAll(attempts, runs, false);
  const found: (Observation | NotRun | null)[] = [];
  for (let first = 0; first < attempts.length; first += atOnce)
    found.push(...(await observeAll(attempts.slice(first, first + atOnce), runs, true)));
  return found;
}

async function observeAll(attempts: readonly Attempt[], { run, conclude }: Runs, isShared: boolean) {
  const jobs = attempts.map(({ job, before, test }) => onlyTests(job, [...before, test]));
  const { outcomes, hits } = await run(jobs, isShared);
  const all = isShared ? sumOf(outcomes, attempts) : hits;
  const byTest = await conclude({ outcomes, hits: all });
  const sitesOf = byTest === null ? noSites : sitesIn(byTest);
  return attempts.map((attempt, index) => observationOf(attempt, outcomes[index], sitesOf));
}

/** Of each run the rows of its test, and not those of the tests before it. */
function sumOf(outcomes: readonly Outcome[], attempts: readonly Attempt[]): Hits {
  const sum = new HitsSum();
  for (const [index, { hits }] of outcomes.entries()) {
    const test = attempts[index]?.test;
    sum.add(
      test === undefined || hits.tests === undefined ? hits : { ...hits, tests: ofTest(hits.tests, test) },
    );
  }
  return sum.hits;
}

function ofTest(rows: TestHits, test: OrderedTest): TestHits {
  const isOwn = (names: readonly string[]) => JSON.stringify(names) === JSON.stringify(test.names);
  return new Map([...rows].filter(([, { part }]) => part.kind !== "test" || isOwn(part.names)));
}

function observationOf(
  { test, before }: Attempt,
  outcome: Outcome | undefined,
  sitesOf: FindSites,
): Observation | NotRun | null {
  if (outcome === undefined || outcome.interrupted) return null;
  const asked = new Set([...before, test].map(fullName));
  const results = testsIn(outcome);
  const own = results.filter((each) => fullName(each) === fullName(test)).at(-1);
  if (own === undefined) return { reason: whyNot(outcome) };
  const others = results.filter((each) => !asked.has(fullName(each)));
  if (others.length > 0) return { reason: "other tests run with it, whatever is asked for" };
  return { verdict: verdictOf(own), covers: sitesOf(test) };
}

function whyNot({ results }: Outcome): string {
  const failed = results.find(hasFailed)?.message.split("\n")[0];
  return failed === undefined ? "it is not there when it is asked for" : `its file fails: ${failed}`;
}
