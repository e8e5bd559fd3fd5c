import { printable } from "../../files/visible.js";
import type { Fence } from "../../output/place.js";
import type { TestReporter, TestReporterContext, TestResult } from "../../types.js";
import { type Annotation, addToSummary, annotationText, inRepository } from "../github/commands.js";
import { summaryText } from "./githubSummary.js";
import { atEnd, type RunRecord } from "./runRecord.js";
import { details, fullName, isFailed, isScript, runName } from "./text/texts.js";

/**
 * Writes annotations of GitHub Actions at the end of the run, an error for each failing test and a notice for
 * each pending one, and adds to the step's summary. Throws NOT_WRITABLE for the summary.
 */
export function createGithubReporter(
  { write, environment }: TestReporterContext,
  fence: Fence = null,
): TestReporter {
  return atEnd((run) => {
    write(annotations(run, environment).map(annotationText).join(""));
    addToSummary(environment, () => summaryText(run), fence);
  });
}

function annotations({ files }: RunRecord, environment: TestReporterContext["environment"]): Annotation[] {
  return files
    .flatMap((file) => file.results)
    .filter((result) => isFailed(result) || result.status === "pending")
    .map((result) => annotation(result, environment));
}

function annotation(result: TestResult, environment: TestReporterContext["environment"]): Annotation {
  const places = [result.failedAt, result.place, { file: result.file, line: 1 }].flatMap((each) => {
    const file = each === null ? null : inRepository(each.file, environment);
    return each === null || file === null ? [] : [{ file, line: each.line }];
  });
  const file = runName(result);
  return {
    level: isFailed(result) ? "error" : "notice",
    title: isScript(result) ? file : `${file}: ${fullName(result)}`,
    message: messageOf(result),
    place: places[0] ?? null,
  };
}

function messageOf(result: TestResult): string {
  const text = isFailed(result) ? details(result) : printable(result.message);
  return text === "" ? result.status : text;
}
