import pico from "picocolors";
import type { TestEvent, TestReporter, TestReporterContext, TestResult } from "../../types.js";
import { createScreen } from "./screen.js";
import { endText, type RunEnd } from "./text/endText.js";
import { isFailed } from "./text/texts.js";

/** Says nothing of a run without failures; else failing tests in full, and the totals. What tests write is not shown. */
export function createQuietReporter(context: TestReporterContext): TestReporter {
  const colors = pico.createColors(context.colors);
  const screen = createScreen(context);
  const failed: TestResult[] = [];
  const finish = async (event: RunEnd) => {
    if (failed.length > 0) screen.print(await endText(event, failed, failed, colors));
  };
  const hear = (event: TestEvent) => {
    if (event.kind === "test" && isFailed(event.result)) failed.push(event.result);
  };
  return (event) => (event.kind === "run end" ? finish(event) : hear(event));
}
