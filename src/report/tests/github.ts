import path from "node:path";
import { notWritable } from "../../errors.js";
import { currentFolder } from "../../files/files.js";
import { printable, visibleName } from "../../files/visible.js";
import type { Fence } from "../../output/place.js";
import { appendShared } from "../../output/whole.js";
import type { Place, TestReporter, TestReporterContext, TestResult } from "../../types.js";
import { summaryText } from "./githubSummary.js";
import { atEnd, type RunRecord } from "./runRecord.js";
import { details, fullName, isFailed, isScript, runName } from "./texts.js";

/**
 * Writes annotations of GitHub Actions at the end of the run, an error for each failing test and a notice for
 * each pending one, and adds to the step's summary. Throws NOT_WRITABLE for the summary.
 */
export function createGithubReporter(
  { write, environment }: TestReporterContext,
  fence: Fence = null,
): TestReporter {
  // Of a repository that is checked out elsewhere the paths would not be found.
  const root = environment.GITHUB_WORKSPACE || currentFolder();
  const summary = environment.GITHUB_STEP_SUMMARY;
  return atEnd((run) => {
    write(annotations(run, root).join(""));
    if (summary) append(summary, summaryText(run), fence);
  });
}

function append(file: string, text: string, fence: Fence): void {
  try {
    appendShared(path.resolve(file), text, fence);
  } catch (cause) {
    throw notWritable(file, cause);
  }
}

function annotations({ files }: RunRecord, root: string): string[] {
  return files
    .flatMap((file) => file.results)
    .filter((result) => isFailed(result) || result.status === "pending")
    .map((result) => annotation(result, root));
}

function annotation(result: TestResult, root: string): string {
  const place = [result.failedAt, result.place, { file: result.file, line: 1 }]
    .map((each) => (each === null ? null : inRepository(each, root)))
    .find((each) => each !== null);
  const file = runName(result);
  const properties = {
    ...(place === undefined ? {} : { file: place.file, line: String(place.line) }),
    title: isScript(result) ? file : `${file}: ${fullName(result)}`,
  };
  const given = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(value)}`);
  return `::${isFailed(result) ? "error" : "notice"} ${given.join(",")}::${escapedData(messageOf(result))}\n`;
}

function messageOf(result: TestResult): string {
  const text = isFailed(result) ? details(result) : printable(result.message);
  return text === "" ? result.status : text;
}

/** Files are named relative to the current folder; null for one outside of the repository. */
function inRepository({ file, line }: Place, root: string): Place | null {
  const relative = path.relative(root, path.resolve(currentFolder(), file));
  const isOutside = relative === "" || relative.startsWith("..") || path.isAbsolute(relative);
  return isOutside ? null : { file: visibleName(relative.split(path.sep).join("/")), line };
}

function escapedData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
