import { StringDecoder } from "node:string_decoder";
import { Scalar, stringify } from "yaml";
import { printable, visible, visibleName } from "../../files/visible.js";
import type { Output, TestEvent, TestReporter, TestReporterContext, TestResult } from "../../types.js";
import { counted } from "../../words.js";
import { fullName, indented, isFailed, isScript, rounded, runName } from "./text/texts.js";

/**
 * Writes TAP version 14. The tests are a flat list with the names of their files, which every reader counts
 * rightly; many take a file's subtests for one test, or for nothing.
 */
export function createTapReporter({ write }: TestReporterContext): TestReporter {
  const comments = createComments(write);
  let count = 0;
  return (event) => {
    if (event.kind === "output") return comments.add(event.output);
    if (event.kind === "file end" || event.kind === "test") comments.end();
    if (event.kind === "test") count++;
    write(textOf(event, count));
  };
}

function textOf(event: TestEvent, count: number): string {
  switch (event.kind) {
    case "run start":
      return `TAP version 14\n${event.seed === null ? "" : comment(`seed ${event.seed}`)}`;
    case "file start":
      return comment(runName(event));
    case "test":
      return testPoint(event.result, count);
    case "run end":
      if (event.interrupted) return "Bail out! interrupted\n";
      if (event.notRun > 0) return `Bail out! ${counted(event.notRun, "file")} not run\n`;
      return `1..${count}${count === 0 ? " # SKIP no tests" : ""}\n`;
    default:
      return "";
  }
}

function testPoint(result: TestResult, number: number): string {
  const file = runName(result);
  const name = isScript(result) ? file : `${file}: ${fullName(result)}`;
  const directive =
    result.status === "pending" ? ` # SKIP ${escaped(visible(result.message))}`.trimEnd() : "";
  const point = `${isFailed(result) ? "not ok" : "ok"} ${number} - ${escaped(name)}${directive}\n`;
  // The block's end is a line of its own, which no text inside of it can be: those are indented further.
  return `${point}${indented(`---\n${diagnostics(result)}...\n`, "  ")}`;
}

function escaped(text: string): string {
  return text.replace(/[\\#]/g, "\\$&");
}

function diagnostics(result: TestResult): string {
  const { status, duration, attempts, message, traceback, place } = result;
  const at = result.failedAt ?? place;
  const entries: readonly (readonly [string, unknown])[] = [
    ["duration_ms", rounded(duration)],
    ...(isFailed(result) ? texts({ status, message, traceback }) : []),
    ...(at === null ? [] : [["at", { file: visibleName(at.file), line: at.line }] as const]),
    ...(attempts === 1 ? [] : [["attempts", attempts] as const]),
    ...(result.unchanged === true ? [["unchanged", true] as const] : []),
  ];
  return stringify(Object.fromEntries(entries), { lineWidth: 0 });
}

function texts(given: Readonly<Record<string, string>>): (readonly [string, Scalar])[] {
  return Object.entries(given).flatMap(([key, value]) => {
    const text = printable(value).trimEnd();
    return text === "" ? [] : [[key, textScalar(text)]];
  });
}

/** Perl's prove knows of literal blocks only those that need no indicators and have no empty lines. */
function textScalar(text: string): Scalar {
  if (!text.includes("\n")) return new Scalar(text);
  const isPlain = !/^\s|\n\s*\n/.test(text);
  const scalar = new Scalar(isPlain ? `${text}\n` : text);
  scalar.type = isPlain ? "BLOCK_LITERAL" : "QUOTE_DOUBLE";
  return scalar;
}

function comment(text: string): string {
  return `# ${text}\n`;
}

/** The bar keeps words of a program from being taken for some that mean something in TAP. */
function outputComment(line: string): string {
  return comment(`| ${printable(line.replace(/\r$/, ""))}`.trimEnd());
}

/** What programs write, line by line as comments; the rest of a line when something else is to be written. */
function createComments(write: (text: string) => void) {
  const decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
  const begun = { stdout: "", stderr: "" };
  const streams = ["stdout", "stderr"] as const;
  return {
    add: ({ stream, bytes }: Output) => {
      const lines = `${begun[stream]}${decoders[stream].write(Buffer.from(bytes))}`.split("\n");
      begun[stream] = lines.pop() ?? "";
      write(lines.map(outputComment).join(""));
    },
    end: () => {
      for (const stream of streams) {
        const rest = begun[stream] + decoders[stream].end();
        begun[stream] = "";
        if (rest !== "") write(outputComment(rest));
      }
    },
  };
}
