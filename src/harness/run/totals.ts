import type { TestResult, Totals } from "../../types.js";

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

/** Failures and errors make a run fail. */
export function hasFailed({ status }: Pick<TestResult, "status">): boolean {
  return status === "failure" || status === "error";
}

/** A test's name as people give it: those of the blocks around it and its own, with spaces between. */
export function fullName({ names }: Pick<TestResult, "names">): string {
  return names.join(" ");
}
