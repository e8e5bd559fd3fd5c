import type { Exit, Job, Place, TestReport, TestResult } from "../../../types.js";
import { runOf } from "../fileRun.js";
import { excerpt, placeIn } from "./excerpt.js";
import { hasFailed } from "./totals.js";

/** What a program said of its tests until it ended, or was ended. */
export interface Reported {
  readonly results: readonly TestResult[];
  /** The test that had begun and not ended. */
  readonly running: Pick<TestReport, "names" | "place" | "duration"> | null;
  /** Whether the program said that no more tests will follow. */
  readonly complete: boolean;
}

export interface JobEnding {
  readonly exit: Exit;
  readonly duration: number;
}

/** The result of a report, at the first attempt. `loaded` are files that its message may name in short. */
export function resultOf(job: Job, report: TestReport, loaded: readonly string[]): TestResult {
  const failedAt = report.failedAt ?? failurePlace(report, loaded);
  const text = failedAt === null ? "" : excerpt(failedAt);
  return { ...report, ...runOf(job), attempts: 1, failedAt, excerpt: text };
}

/** What the end of a program reports: a script its result, a test file that it did not come to its end. */
export function endReports(job: Job, reported: Reported, ending: JobEnding): readonly TestReport[] {
  return isOneTest(job, reported) ? [scriptReport(ending)] : missingEnd(reported, ending);
}

/**
 * Of a test that began, and another one after it, or a program came to its end without an error: it may have failed. Where the next
 * one has no memory, this one had none to say so.
 */
export function lostEnd(
  test: Pick<TestReport, "names" | "place" | "duration">,
  next: TestReport | null = null,
): TestReport {
  const isFull = next !== null && noMemory.test(next.message);
  const message = isFull ? next.message : "this test did not say how it ended";
  return { ...withoutNames, ...test, descriptor: "it", status: "error", message, traceback: "" };
}

/** An error that comes out of a test into the block around it was the test's: it could not say so itself. */
export function ofRunning(running: Reported["running"], report: TestReport): TestReport {
  return running === null || !isOfBlock(report) ? report : { ...report, ...running, descriptor: "it" };
}

/** Whether a test that ended is another one than the one that began: the start of it could not be told. */
export function isOther(running: Pick<TestReport, "names">, { descriptor, names }: TestReport): boolean {
  return descriptor === "it" && JSON.stringify(names) !== JSON.stringify(running.names);
}

/** Where no memory is left, nobody can catch an error: it fails each block on its way out, which is one failure. */
export function isOnItsWay(report: TestReport, last: TestResult | undefined): boolean {
  return isOfBlock(report) && noMemory.test(report.message) && last?.message === report.message;
}

function isOfBlock({ descriptor }: TestReport): boolean {
  return descriptor === "describe" || descriptor === "file" || descriptor === "suite";
}

const noMemory = /^not enough memory/;

/** A file that requires LuaUnit and ends before it has run a suite is one test, as any other script. */
function isOneTest({ test }: Job, { results, running, complete }: Reported): boolean {
  if (test === null || test.style === "script") return true;
  return test.style === "luaunit" && results.length === 0 && running === null && !complete;
}

function failurePlace({ status, message, traceback }: TestReport, loaded: readonly string[]): Place | null {
  const failed = hasFailed({ status });
  return failed ? (placeIn(message, loaded) ?? placeIn(traceback, loaded)) : null;
}

function scriptReport({ exit, duration }: JobEnding): TestReport {
  const code = exit.kind === "exited" ? exit.code : 0;
  const called = code === 0 ? {} : { exitCode: code };
  return { ...withoutNames, descriptor: "script", duration, ...endOf(exit), ...called };
}

const withoutNames = { names: [], place: null, failedAt: null } as const;

function missingEnd({ results, running, complete }: Reported, { exit }: JobEnding): readonly TestReport[] {
  const asIntended = exit.kind === "exited" && complete && (exit.code === 0 || results.some(hasFailed));
  if (exit.kind === "returned" || asIntended) return running === null ? [] : [lostEnd(running)];
  const end = exit.kind === "exited" && !complete ? earlyExit(exit.code) : endOf(exit);
  const rest = running === null ? { descriptor: "file", duration: 0 } : { ...running, descriptor: "it" };
  return [{ ...withoutNames, ...rest, ...end }];
}

function earlyExit(code: number): Pick<TestReport, "status" | "message" | "traceback"> {
  const message = `os.exit was called with code ${code} before the tests of this file had ended`;
  return { status: "error", message, traceback: "" };
}

function endOf(exit: Exit): Pick<TestReport, "status" | "message" | "traceback"> {
  switch (exit.kind) {
    case "returned":
      return { status: "success", message: "", traceback: "" };
    case "exited":
      if (exit.code === 0) return { status: "success", message: "", traceback: "" };
      return { status: "failure", message: `os.exit was called with code ${exit.code}`, traceback: "" };
    case "failed": {
      const message = exit.message === "not enough memory" ? outOfMemory("") : exit.message;
      return { status: "error", message, traceback: exit.traceback };
    }
    case "interrupted":
      return { status: "error", message: "interrupted", traceback: "" };
    case "out of memory":
      return {
        status: "error",
        message: outOfMemory(` at ${exit.place}`),
        traceback: exit.traceback,
      };
    case "out of instructions":
      return {
        status: "error",
        message: `the program executed more than ${exit.limit} instructions, at ${exit.place}; ${instructionsHint}`,
        traceback: exit.traceback,
      };
    case "timed out":
      return { status: "error", message: `timed out at ${exit.place}`, traceback: exit.traceback };
  }
}

const instructionsHint = "--max-instructions sets how many it may execute";

function outOfMemory(where: string): string {
  return `the program ran out of memory${where}; --max-memory sets how much it may take`;
}
