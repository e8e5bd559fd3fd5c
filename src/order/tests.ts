import { fullName } from "../harness/run/results/totals.js";
import type { Job, OrderedTest, Outcome, TestResult, TestVerdict } from "../types.js";

/** The tests of one file in one Lua, in the order in which they ran. */
export interface OrderedFile {
  /** Runs all of them. */
  readonly job: Job;
  readonly tests: readonly OrderedTest[];
  readonly verdicts: readonly TestVerdict[];
}

/** The files of a run whose tests run one after the other in one state, with the jobs that run each of them. */
export function filesOf(outcomes: readonly Outcome[], jobs: readonly Job[]): readonly OrderedFile[] {
  return jobs.flatMap((job) => {
    const { program, test } = job;
    const outcome = outcomes.find(({ file, lua }) => file === program.file && lua === test?.lua);
    if (outcome === undefined || test?.style === "script") return [];
    const results = testsIn(outcome);
    return [{ job, tests: results.map(testOf), verdicts: results.map(verdictOf) }];
  });
}

/** What is told of tests, and not of what goes around them. */
export function testsIn({ results }: Outcome): readonly TestResult[] {
  return results.filter(({ descriptor }) => descriptor === "it");
}

function testOf({ file, place, names, lua }: TestResult): OrderedTest {
  return { file, line: place?.line ?? null, names, lua };
}

export function verdictOf({ status }: Pick<TestResult, "status">): TestVerdict {
  switch (status) {
    case "success":
      return "passes";
    case "pending":
      return "is pending";
    case "failure":
    case "error":
      return "fails";
  }
}

/** Names that several tests of a file have: none of these can be told to run without the others. */
export function sharedNames({ tests }: OrderedFile): ReadonlySet<string> {
  const names = tests.map(fullName);
  return new Set(names.filter((name, index) => names.indexOf(name) !== index));
}
