import { printable, visible, visibleName } from "../../../files/visible.js";
import type { FileRun, TestEvent, TestResult, Totals } from "../../../types.js";

/** Stands between the names of blocks and of their test. */
const separator = " › ";

const noName = "(no name)";

/** Descriptors that say no more than that it is a test. */
const plainDescriptors = ["it", "pending", "script"];

/** The name of a test with those of its blocks, on one line; what failed outside of tests is named as such. */
export function fullName({ names, descriptor, file }: TestResult): string {
  if (names.length === 0 && descriptor === "script") return visibleName(file);
  return [...names.map(shownName), ...outsideOfTests(descriptor, names.at(-1))].join(separator) || noName;
}

/** One of the names on one line. */
export function shownName(name: string): string {
  return visible(name) || noName;
}

/** What a hook is called is its name already: `strict_setup` is "setup". */
function outsideOfTests(descriptor: string, name: string | undefined): string[] {
  const isSaid = name !== undefined && descriptor.endsWith(name);
  return isSaid || plainDescriptors.includes(descriptor) ? [] : [`(${descriptor})`];
}

/** How a test is called below its blocks. */
export function ownName(result: TestResult): string {
  return fullName({ ...result, names: result.names.slice(-1) });
}

/** A script is one test, which has no name but that of its file. */
export function isScript({ names, descriptor }: TestResult): boolean {
  return names.length === 0 && descriptor === "script";
}

export function isFailed({ status }: Pick<TestResult, "status">): boolean {
  return status === "failure" || status === "error";
}

/** A file as one of the repetitions of a suite, by its project, and by its Lua where that is one of the user's. */
export function runName({ file, round, lua, project = "" }: FileRun): string {
  const notes = [visible(project), lua === null ? "" : visible(lua), round === 1 ? "" : `round ${round}`];
  const noted = notes.filter((note) => note !== "").join(", ");
  return noted === "" ? visibleName(file) : `${visibleName(file)} (${noted})`;
}

/** The message and what Lua said of the way to it. */
export function details({ message, traceback }: TestResult): string {
  return [message, traceback]
    .map((text) => printable(text).trimEnd())
    .filter((text) => text !== "")
    .join("\n");
}

/** What a line of an overview says of a failing test. */
export function firstLine({ message }: TestResult): string {
  return printable(message).trim().split("\n")[0] ?? "";
}

export function indented(text: string, indentation: string): string {
  return text.replace(/^(?!$)/gm, indentation);
}

/** `(34 ms)`, from ten seconds on `(12.3 s)`. */
export function timeText(duration: number): string {
  return duration < 10_000 ? `(${Math.round(duration)} ms)` : `(${(duration / 1000).toFixed(1)} s)`;
}

export function failedCount({ failure, error }: Totals): number {
  return failure + error;
}

/** A line for CI logs to be searched for, so it has no colours: `4 passed, 0 failed`. */
export function totalText(totals: Totals): string {
  const pending = totals.pending === 0 ? "" : `, ${totals.pending} pending`;
  return `${totals.success} passed, ${failedCount(totals)} failed${pending}`;
}

/** Milliseconds to the microsecond: what a clock gives beyond that is noise. */
export function rounded(duration: number): number {
  return Math.round(duration * 1000) / 1000;
}

/** Whether an event is about a test file that did not run, as no change touches it: nobody watches that. */
export function isUnchanged(event: TestEvent): boolean {
  if (event.kind === "test") return event.result.unchanged === true;
  return (event.kind === "file start" || event.kind === "file end") && event.unchanged === true;
}
