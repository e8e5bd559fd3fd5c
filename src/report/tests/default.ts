import pico from "picocolors";
import type { Colors } from "picocolors/types.js";
import type { TestEvent, TestReporter, TestReporterContext, TestResult } from "../../types.js";
import { createScreen } from "./screen.js";
import { endText, type RunEnd } from "./text/endText.js";
import { failureText } from "./text/failures.js";
import { firstLine, indented, isFailed, isScript, isUnchanged, runName, timeText } from "./text/texts.js";
import { createTree, fileLine, mark, testLine } from "./tree.js";

type FileEnd = Extract<TestEvent, { readonly kind: "file end" }>;

/** How much of a run is said where it happens: all of one file, the messages of a few scripts, or lines. */
type Size = "one file" | "few files" | "many files";

const few = 10;

/**
 * For a person: of one file all of its tests as they end; of several a line for each, and below it what did not
 * just pass. Failing tests follow in full at the end, and the totals.
 */
export function createDefaultReporter(context: TestReporterContext): TestReporter {
  const colors = pico.createColors(context.colors);
  const screen = createScreen(context);
  const tree = createTree(screen.print, colors);
  const results: TestResult[] = [];
  let inFile: TestResult[] = [];
  let size: Size = "one file";
  const isUntold = (result: TestResult) => isFailed(result) && !isInFull(result, size);
  const finish = async (event: RunEnd) => {
    screen.print(await endText(event, results, results.filter(isUntold), colors));
  };
  const hear = (event: TestEvent) => {
    if (isUnchanged(event)) return;
    switch (event.kind) {
      case "run start":
        size = sizeOf(event.files.length * event.rounds * event.luas.length);
        break;
      case "file start":
        inFile = [];
        break;
      case "output":
        screen.output(event.output);
        break;
      case "test":
        inFile.push(event.result);
        results.push(event.result);
        if (size === "one file" && !isScript(event.result)) tree.add(event.result);
        break;
      case "file end":
        screen.print(fileEndText(event, inFile, size, colors));
        break;
      case "progress":
        screen.progress(event);
        break;
    }
  };
  return (event) => (event.kind === "run end" ? finish(event) : hear(event));
}

function sizeOf(files: number): Size {
  if (files === 1) return "one file";
  return files <= few ? "few files" : "many files";
}

function fileEndText(event: FileEnd, results: readonly TestResult[], size: Size, colors: Colors): string {
  const [first] = results;
  if (first !== undefined && results.length === 1 && isScript(first)) {
    return scriptText(first, event, size, colors);
  }
  const notable = results.filter(({ status, attempts }) => status !== "success" || attempts > 1);
  const lines = size === "one file" ? [] : notable.map((result) => notableText(result, colors));
  return [fileLine(event, results, colors), ...lines].join("\n");
}

function notableText(result: TestResult, colors: Colors): string {
  const line = indented(testLine(result, "full", colors), "    ");
  return isFailed(result) ? `${line}\n${indented(firstLine(result), "        ")}`.trimEnd() : line;
}

function scriptText(result: TestResult, end: FileEnd, size: Size, colors: Colors): string {
  const line = `${mark(result, colors)} ${runName(end)} ${colors.dim(timeText(end.duration))}`;
  if (!isFailed(result)) return line;
  const text = isInFull(result, size) ? failureText(result, colors) : firstLine(result);
  return `${line}\n${indented(text, "    ")}`.trimEnd();
}

/** Whether the message of a failing test is shown where its file ends: a script is its file. */
function isInFull(result: TestResult, size: Size): boolean {
  return isScript(result) && size !== "many files";
}
