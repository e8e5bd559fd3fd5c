import type { CountedParts, Output, Part, TestReport } from "../types.js";

/** What has run since the last news of this kind belongs to a part of the file. */
export interface PartNews {
  readonly kind: "ran";
  readonly part: Part;
  readonly counts: CountedParts;
}

/** What has run since then, as the program has ended. */
export interface RestNews {
  readonly kind: "rest";
  readonly counts: CountedParts;
}

/** What a program that runs tests says of them as it goes. */
export type TestNews =
  | ({ readonly kind: "test start" } & Pick<TestReport, "names" | "place">)
  | { readonly kind: "test end"; readonly report: TestReport }
  | PartNews
  /** No more tests will follow. */
  | { readonly kind: "tests complete" };

/** What a job tells while it runs, in the order in which it happened: the files that it loads, output, and its tests. */
export type News =
  | { readonly kind: "loaded"; readonly file: string; readonly isFile: boolean }
  | { readonly kind: "output"; readonly outputs: readonly Output[] }
  | TestNews
  | RestNews;
