import type { Executor, JobEnd } from "../../engine/engine.js";
import type { News } from "../../engine/news.js";
import { createJobParts } from "../../hits/byTest/jobParts.js";
import type { Job, Outcome, Step, TestEvent, TestReport, TestResult } from "../../types.js";
import { runOf } from "./fileRun.js";
import {
  endReports,
  isOnItsWay,
  isOther,
  lostEnd,
  ofRunning,
  type Reported,
  resultOf,
} from "./results/results.js";

/** What reporters hear of a file while it runs; with files that the texts of a result may name in short. */
export type FileEvent =
  | Extract<TestEvent, { readonly kind: "output" }>
  | (Extract<TestEvent, { readonly kind: "test" }> & { readonly loaded: readonly string[] });

/** What is known of a running job, whatever becomes of the thread that runs it. */
export interface JobRecord {
  add(news: News): void;
  /** What the job leaves behind, once it has ended. */
  outcome(end: JobEnd): Outcome;
}

/** Runs a job to its end. */
export async function runRecorded(
  { run }: Pick<Executor, "run">,
  job: Job,
  hear: (event: FileEvent) => void = () => {},
): Promise<Outcome> {
  const record = createRecord(job, hear);
  return record.outcome(await run(job, record.add));
}

/** `hear` gets what the job writes and its results, as they come. */
export function createRecord(job: Job, hear: (event: FileEvent) => void = () => {}): JobRecord {
  const file = job.program.file;
  const run = runOf(job);
  const results: TestResult[] = [];
  const loaded = new Set<string>();
  const notFiles = new Set<string>();
  let running: (Pick<TestReport, "names" | "place"> & { readonly since: number }) | null = null;
  let complete = false;
  const parts = job.byTest === true ? createJobParts(job) : null;
  const report = (each: TestReport) => {
    const names = [file, ...loaded, ...notFiles];
    const result = resultOf(job, each, names);
    results.push(result);
    hear({ kind: "test", result, loaded: names });
  };
  const unfinished = (): Reported["running"] => {
    if (running === null) return null;
    const { since, ...test } = running;
    return { ...test, duration: performance.now() - since };
  };
  const reportLostEnd = (next: TestReport | null = null) => {
    const lost = unfinished();
    if (lost !== null) report(lostEnd(lost, next));
  };
  const reportEnd = (told: TestReport) => {
    const ended = ofRunning(unfinished(), told);
    if (running !== null && isOther(running, ended)) reportLostEnd(ended);
    if (!isSuppressed(job, ended) && !isOnItsWay(ended, results.at(-1))) report(ended);
  };
  const add = (news: News) => {
    switch (news.kind) {
      case "loaded":
        (news.isFile ? loaded : notFiles).add(news.file);
        break;
      case "output":
        for (const output of news.outputs) hear({ kind: "output", ...run, output });
        break;
      case "test start":
        reportLostEnd();
        running = { names: news.names, place: news.place, since: performance.now() };
        complete = false;
        break;
      case "test end":
        reportEnd(news.report);
        running = null;
        break;
      case "ran":
        if (news.counts.keys.length > 0 || news.part.kind === "test") parts?.add(news.part, news.counts);
        break;
      case "rest":
        parts?.addRest(news.counts);
        break;
      case "tests complete":
        complete = true;
        break;
    }
  };
  return {
    add,
    outcome: (end) => {
      for (const each of endReports(job, { results: [...results], running: unfinished(), complete }, end))
        report(each);
      const interrupted =
        running === null ? null : { names: running.names, line: running.place?.line ?? null };
      const hits = parts === null ? end.hits : parts.hits(end.hits, interrupted);
      return { ...end, hits, ...run, results, loaded: [...loaded], notFiles: [...notFiles] };
    },
  };
}

/** A pending spec that is to be left out of the results has ended all the same. */
function isSuppressed({ program: { steps = [] } }: Job, { status }: TestReport): boolean {
  const isWanted = (step: Step) => step.kind === "tests" && step.settings.suppressPending === true;
  return status === "pending" && steps.some(isWanted);
}
