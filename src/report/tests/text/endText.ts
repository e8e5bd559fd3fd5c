import type { Colors } from "picocolors/types.js";
import type { TestEvent, TestResult } from "../../../types.js";
import { counted } from "../../../words.js";
import { slowestText } from "./slowest.js";
import { totalText } from "./texts.js";

export type RunEnd = Extract<TestEvent, { readonly kind: "run end" }>;

/** What a person reads last: tests that failed, the slowest ones, and the line that CI logs are searched for. */
export async function endText(
  { totals, interrupted, notRun, unchanged = 0 }: RunEnd,
  results: readonly TestResult[],
  failed: readonly TestResult[],
  colors: Colors,
): Promise<string> {
  const rest = notRun === 0 ? "" : `; ${counted(notRun, "file")} not run`;
  const known = unchanged === 0 ? "" : ` (${unchanged} unchanged)`;
  const parts = [
    failed.length === 0 ? "" : await failuresText(failed, colors),
    slowestText(results, colors),
    `${totalText(totals)}${known}${interrupted ? " before the interruption" : ""}${rest}`,
  ];
  return parts
    .filter((part) => part !== "")
    .map((part) => `\n${part}\n`)
    .join("");
}

/** What differs takes a library that a run without failures does not load. */
async function failuresText(failed: readonly TestResult[], colors: Colors): Promise<string> {
  const failures = await import("./failures.js");
  return failures.failuresText(failed, colors);
}
