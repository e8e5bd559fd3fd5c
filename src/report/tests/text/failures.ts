import type { Colors } from "picocolors/types.js";
import { printable, visibleName } from "../../../files/visible.js";
import type { TestResult } from "../../../types.js";
import { differenceIn } from "./difference.js";
import { fullName, indented, isScript, runName } from "./texts.js";

/** Failing tests in full, numbered. */
export function failuresText(failed: readonly TestResult[], colors: Colors): string {
  const blocks = failed.map((result, index) => {
    const number = `${index + 1}) `;
    const text = indented(failureText(result, colors), " ".repeat(number.length));
    return `${number}${heading(result, colors)}\n${text}`;
  });
  return [colors.bold("Failed tests"), ...blocks].join("\n\n");
}

function heading(result: TestResult, colors: Colors): string {
  const { status, attempts } = result;
  const notes = [status === "error" ? "error" : "", attempts === 1 ? "" : `${attempts} attempts`];
  const noted = notes.filter((note) => note !== "").join(", ");
  const name = isScript(result) ? [] : [colors.red(fullName(result))];
  const words = [colors.dim(runName(result)), ...name, ...(noted === "" ? [] : [`(${noted})`])];
  return words.join(" ");
}

/** What there is to say of a failing test: its message, how the values differ, the source around it, the way to it. */
export function failureText({ message, traceback, excerpt, failedAt }: TestResult, colors: Colors): string {
  const text = printable(message).trimEnd();
  const place = failedAt === null ? "" : `${visibleName(failedAt.file)}:${failedAt.line}`;
  // Most messages begin with their place.
  const source = [text.startsWith(`${place}:`) ? "" : place, marked(excerpt, colors)];
  return [
    text,
    differenceIn(text, colors) ?? "",
    source.filter((part) => part !== "").join("\n"),
    traceback === "" ? "" : colors.dim(printable(traceback)),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The source around the place, its own line standing out. */
function marked(excerpt: string, colors: Colors): string {
  if (excerpt === "") return "";
  return printable(excerpt)
    .split("\n")
    .map((line) => (line.startsWith(">") ? line.replace(">", colors.red(">")) : colors.dim(line)))
    .join("\n");
}
