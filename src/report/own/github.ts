import { isFile, readContent } from "../../files/files.js";
import { visible } from "../../files/visible.js";
import type { ChangeCoverage, ChangedFile, CoverageMapData } from "../../types.js";
import { type Annotation, addToSummary, annotationText, inRepository } from "../github/commands.js";
import { findPartials } from "../partials.js";
import { rangesOf } from "../text/uncovered.js";
import { markdown } from "./markdown.js";
import type { OwnReport } from "./ownReporters.js";
import { writeText } from "./writeText.js";

/**
 * Writes annotations of GitHub Actions at lines of the change that never ran, and at ways of it that were never taken; and
 * adds the Markdown report to the step's summary. Throws NOT_WRITABLE for the summary.
 */
export function writeGithub(report: OwnReport): void {
  const { config, coverage, change, options, writer } = report;
  const text = annotationsOf(coverage, change).map(annotationText).join("");
  if (text !== "") writeText(writer, options, null, text);
  addToSummary(process.env, () => markdown(report), config.sandbox ? config.cwd : null);
}

function annotationsOf(coverage: CoverageMapData, change: ChangeCoverage | null): Annotation[] {
  return (change?.files ?? []).flatMap((changed) => {
    const file = inRepository(changed.path, process.env);
    return file === null ? [] : [...ofLines(changed, file), ...ofWays(changed, file, coverage)];
  });
}

function ofLines({ lines }: ChangedFile, file: string): Annotation[] {
  const ranges = rangesOf(lines.map(({ line, hits }) => ({ line, isMissing: hits === 0 })));
  return ranges.map(({ line, last }) => ({
    level: "warning",
    title: "Not covered",
    message: line === last ? "This line never ran" : `Lines ${line} to ${last} never ran`,
    place: { file, line, ...(line === last ? {} : { endLine: last }) },
  }));
}

/** Ways from lines that ran, in the words of `partial`. */
function ofWays(
  { path, lines, branches }: ChangedFile,
  file: string,
  coverage: CoverageMapData,
): Annotation[] {
  const missing = new Set(lines.filter(({ hits }) => hits === 0).map(({ line }) => line));
  const untaken = branches.filter(({ line, count }) => count === 0 && !missing.has(line));
  const data = coverage[path];
  if (untaken.length === 0 || data === undefined) return [];
  const words = findPartials(data, isFile(path) ? readContent(path) : new Uint8Array());
  return [...new Set(untaken.map(({ line }) => line))].map((line) => {
    const ways = untaken
      .filter((way) => way.line === line)
      .map(({ to }) => `the way to ${to} was never taken`);
    const texts = words.filter((each) => each.line === line).map(({ text }) => visible(text));
    const message = (texts.length > 0 ? texts : ways).join("\n");
    return { level: "warning", title: "Partly covered", message, place: { file, line } };
  });
}
