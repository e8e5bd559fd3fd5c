import { printable } from "../../files/visible.js";
import type { TestResult } from "../../types.js";
import { counted } from "../../words.js";
import type { RunRecord } from "./runRecord.js";
import { details, failedCount, fullName, isFailed, isScript, runName } from "./text/texts.js";

/** Bytes of failing tests: GitHub refuses a summary of more than a mebibyte. */
const longest = 900_000;

/** The run in Markdown: its totals, and its failing tests to be unfolded. */
export function summaryText(run: RunRecord): string {
  const { totals, duration, interrupted, notRun, files } = run;
  const sign = failedCount(totals) > 0 || interrupted ? "❌" : "✅";
  const counts = [totals.success, totals.failure, totals.error, totals.pending];
  const failed = files.flatMap((file) => file.results).filter(isFailed);
  return [
    `### ${sign} Lua tests${interrupted ? ", interrupted" : ""}${notRun === 0 ? "" : `, ${counted(notRun, "file")} not run`}`,
    "",
    "| Passed | Failures | Errors | Pending | Time |",
    "| ---: | ---: | ---: | ---: | ---: |",
    `| ${counts.join(" | ")} | ${(duration / 1000).toFixed(1)} s |`,
    "",
    ...withinLimit(failed.map(failureText)),
    "",
  ].join("\n");
}

function withinLimit(texts: readonly string[]): string[] {
  let length = 0;
  const fitting = texts.filter((text) => {
    length += Buffer.byteLength(text);
    return length <= longest;
  });
  const rest = texts.length - fitting.length;
  return rest === 0 ? fitting : [...fitting, `and ${rest} more`];
}

function failureText(result: TestResult): string {
  const file = `<code>${html(runName(result))}</code>`;
  const name = isScript(result) ? "" : ` ${html(fullName(result))}`;
  const text = [details(result), printable(result.excerpt)].filter((part) => part !== "").join("\n\n");
  const fence = fenceFor(text);
  return `<details><summary>${file}${name}</summary>\n\n${fence}\n${text}\n${fence}\n\n</details>\n`;
}

/** Longer than any row of backticks in the text. */
function fenceFor(text: string): string {
  const rows = Array.from(text.matchAll(/`+/g), ([row]) => row.length);
  return "`".repeat(Math.max(3, ...rows.map((length) => length + 1)));
}

function html(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
