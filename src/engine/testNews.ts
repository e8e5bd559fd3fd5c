import type { TestReport } from "../types.js";

/** What a program that runs tests says of them as it goes. */
export type TestNews =
  | ({ readonly kind: "test start" } & Pick<TestReport, "names" | "place">)
  | { readonly kind: "test end"; readonly report: TestReport }
  /** No more tests will follow. */
  | { readonly kind: "tests complete" };
