import pico from "picocolors";
import type { Colors } from "picocolors/types.js";
import type { Status, TestEvent, TestReporter, TestReporterContext, TestResult } from "../../types.js";
import { createScreen } from "./screen.js";
import { endText, type RunEnd } from "./text/endText.js";
import { isFailed, isUnchanged } from "./text/texts.js";

/** Writes a sign for each test, which are busted's, then failing tests in full and the totals. */
export function createDotReporter(context: TestReporterContext): TestReporter {
  const colors = pico.createColors(context.colors);
  const screen = createScreen(context);
  const results: TestResult[] = [];
  const finish = async (event: RunEnd) => {
    screen.print(await endText(event, results, results.filter(isFailed), colors));
  };
  const hear = (event: TestEvent) => {
    if (isUnchanged(event)) return;
    if (event.kind === "output") screen.output(event.output);
    else if (event.kind === "test") {
      results.push(event.result);
      screen.append(dot(event.result.status, colors));
    }
  };
  return (event) => (event.kind === "run end" ? finish(event) : hear(event));
}

function dot(status: Status, colors: Colors): string {
  switch (status) {
    case "success":
      return colors.green("●");
    case "failure":
      return colors.red("◼");
    case "error":
      return colors.magenta("✱");
    case "pending":
      return colors.yellow("◌");
  }
}
