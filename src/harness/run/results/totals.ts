import type { TestResult, Totals } from "../../../types.js";

/** How many results have which status. */
export function totalsOf(results: readonly Pick<TestResult, "status">[]): Totals {
  const count = (status: TestResult["status"]) => results.filter((each) => each.status === status).length;
  return {
    success: count("success"),
    failure: count("failure"),
    error: count("error"),
    pending: count("pending"),
  };
}

/** Those of two parts of a run. */
export function sumOfTotals(a: Totals, b: Totals): Totals {
  return {
    success: a.success + b.success,
    failure: a.failure + b.failure,
    error: a.error + b.error,
    pending: a.pending + b.pending,
  };
}

/** Failures and errors make a run fail. */
export function hasFailed({ status }: Pick<TestResult, "status">): boolean {
  return status === "failure" || status === "error";
}

/** A test's name as people give it: those of the blocks around it and its own, with spaces between. */
export function fullName({ names }: Pick<TestResult, "names">): string {
  return names.join(" ");
}
