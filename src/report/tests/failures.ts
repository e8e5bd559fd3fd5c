import type { Colors } from "picocolors/types.js";
import type { TestResult } from "../../types.js";
import { differenceIn } from "./difference.js";
import { fullName, indented, isScript, printable, roundName } from "./texts.js";

/** Failing tests in full, numbered. */
export function failuresText(failed: readonly TestResult[], colors: Colors): string {
  const blocks = failed.map((result, index) => {
    const [first = "", ...rest] = failureLines(result, colors);
    const number = `${index + 1}) `;
    return [`${number}${first}`, indented(rest.join("\n"), " ".repeat(number.length))].join("\n");
  });
  return [colors.bold("Failed tests"), ...blocks].join("\n\n");
}

function failureLines(result: TestResult, colors: Colors): string[] {
  const { file, round, status, attempts } = result;
  const notes = [status === "error" ? "error" : "", attempts === 1 ? "" : `${attempts} attempts`];
  const noted = notes.filter((note) => note !== "").join(", ");
  const name = isScript(result) ? [] : [colors.red(fullName(result))];
  const heading = [colors.dim(roundName(file, round)), ...name, ...(noted === "" ? [] : [`(${noted})`])].join(
    " ",
  );
  return [heading, ...failureParts(result, colors)];
}

/** What there is to say of it: its message, how the values differ, the source around it, the way to it. */
function failureParts({ message, traceback, excerpt, failedAt }: TestResult, colors: Colors): string[] {
  const text = printable(message).trimEnd();
  const place = failedAt === null ? "" : `${failedAt.file}:${failedAt.line}`;
  const parts = [
    differenceIn(text, colors) ?? "",
    // Most messages begin with their place.
    [text.startsWith(`${place}:`) ? "" : place, marked(excerpt, colors)]
      .filter((part) => part !== "")
      .join("\n"),
    traceback === "" ? "" : colors.dim(printable(traceback)),
  ];
  return [text, ...parts.filter((part) => part !== "").flatMap((part) => ["", part])];
}

/** The source around the place, its own line standing out. */
function marked(excerpt: string, colors: Colors): string {
  if (excerpt === "") return "";
  return printable(excerpt)
    .split("\n")
    .map((line) => (line.startsWith(">") ? line.replace(">", colors.red(">")) : colors.dim(line)))
    .join("\n");
}
