import type { Exit, Job, Place, TestReport, TestResult, Verdict } from "../types.js";
import { excerpt, placeIn } from "./excerpt.js";

/** What a program said of its tests until it ended, or was ended. */
export interface Reported {
  readonly reports: readonly TestReport[];
  /** The test that had begun and not ended. */
  readonly running: Pick<TestReport, "names" | "place"> | null;
  /** Whether the program said that no more tests will follow. */
  readonly complete: boolean;
}

export const nothingReported: Reported = { reports: [], running: null, complete: false };

export interface JobEnding {
  readonly exit: Exit;
  readonly duration: number;
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

/** The results of a test file: those of its tests, and one more when the program did not come to its end. */
export function resultsOf(job: Job, reported: Reported, ending: JobEnding): TestResult[] {
  const reports = isOneTest(job, reported) ? [scriptReport(ending)] : testReports(reported, ending);
  const loaded = [job.program.file, ...Object.keys(ending.verdicts)];
  return reports.map((report) => {
    const failedAt = report.failedAt ?? failurePlace(report, loaded);
    const text = failedAt === null ? "" : excerpt(failedAt);
    const file = job.program.file;
    return { ...report, file, round: job.test?.round ?? 1, attempts: 1, failedAt, excerpt: text };
  });
}

/** A file that requires LuaUnit and ends before it has run a suite is one test, as any other script. */
function isOneTest({ test }: Job, { reports, running, complete }: Reported): boolean {
  if (test === null || test.style === "script") return true;
  return test.style === "luaunit" && reports.length === 0 && running === null && !complete;
}

function failurePlace({ status, message, traceback }: TestReport, loaded: readonly string[]): Place | null {
  const failed = status === "failure" || status === "error";
  return failed ? (placeIn(message, loaded) ?? placeIn(traceback, loaded)) : null;
}

function scriptReport({ exit, duration }: JobEnding): TestReport {
  return { ...withoutNames, descriptor: "script", duration, ...endOf(exit) };
}

const withoutNames = { names: [], place: null, failedAt: null } as const;

function testReports({ reports, running, complete }: Reported, { exit }: JobEnding): readonly TestReport[] {
  const failed = reports.some(({ status }) => status === "failure" || status === "error");
  const asIntended = exit.kind === "exited" && complete && (exit.code === 0 || failed);
  if (exit.kind === "returned" || asIntended) return reports;
  const end = exit.kind === "exited" && !complete ? earlyExit(exit.code) : endOf(exit);
  const rest: TestReport =
    running === null
      ? { ...withoutNames, descriptor: "file", duration: 0, ...end }
      : { ...withoutNames, ...running, descriptor: "it", duration: 0, ...end };
  return [...reports, rest];
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
    case "failed":
      return { status: "error", message: exit.message, traceback: exit.traceback };
    case "interrupted":
      return { status: "error", message: "interrupted", traceback: "" };
    case "timed out":
      return { status: "error", message: `timed out at ${exit.place}`, traceback: exit.traceback };
  }
}
