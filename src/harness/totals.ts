import type { TestResult, Totals } from "../types.js";

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
