import type { TestReporter, TestReporterContext, TestResult } from "../../types.js";
import { atEnd, type FileRecord, outputTexts, type RunRecord } from "./runRecord.js";
import { failedCount, rounded } from "./text/texts.js";

/** The version of the format; it rises when a reader of the former one would go wrong. */
const version = 1;

/** Writes one JSON object at the end of the run. */
export function createJsonReporter({ write }: TestReporterContext): TestReporter {
  return atEnd((run) => write(`${JSON.stringify(runReport(run), null, 2)}\n`));
}

function runReport({ interrupted, notRun, duration, seed, rounds, luas, totals, files }: RunRecord) {
  const success = failedCount(totals) === 0 && !interrupted;
  return {
    version,
    success,
    interrupted,
    notRun,
    duration: rounded(duration),
    seed,
    rounds,
    luas,
    totals,
    files: files.map(fileReport),
  };
}

function fileReport({ file, project, round, lua, duration, results, outputs }: FileRecord) {
  const output = outputTexts(outputs);
  const own = project === undefined ? {} : { project };
  return {
    file,
    ...own,
    round,
    lua,
    duration: rounded(duration),
    results: results.map(resultReport),
    output,
  };
}

/** Its keys are written out: they are a promise to readers, in this order. */
function resultReport(result: TestResult) {
  return {
    names: result.names,
    descriptor: result.descriptor,
    status: result.status,
    duration: rounded(result.duration),
    attempts: result.attempts,
    message: result.message,
    traceback: result.traceback,
    place: result.place,
    failedAt: result.failedAt,
    excerpt: result.excerpt,
    ...(result.unchanged === true ? { unchanged: true } : {}),
  };
}
