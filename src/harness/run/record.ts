import { noHits } from "../../coverage/hits.js";
import { hitsOf, type LiveChunk } from "../../engine/fengari/collect/liveChunk.js";
import type { Job, Outcome, TestEvent, TestReport, TestResult } from "../../types.js";
import type { JobEnd, News } from "./embedded/messages.js";
import { endReports, type Reported, resultOf } from "./results.js";

/** What reporters hear of a file while it runs. */
export type FileEvent = Extract<TestEvent, { readonly kind: "output" | "test" }>;

/** What is known of a running job, whatever becomes of the thread that runs it. */
export interface JobRecord {
  add(news: News): void;
  /** What the job leaves behind, once it has ended. */
  outcome(end: JobEnd): Outcome;
}

/** `hear` gets what the job writes and its results, as they come. */
export function createRecord(job: Job, hear: (event: FileEvent) => void = () => {}): JobRecord {
  const file = job.program.file;
  const round = job.test?.round ?? 1;
  const chunks: LiveChunk[] = [];
  const results: TestResult[] = [];
  const loaded = new Set<string>();
  const notFiles = new Set<string>();
  let running: (Pick<TestReport, "names" | "place"> & { readonly since: number }) | null = null;
  let complete = false;
  const report = (each: TestReport) => {
    const result = resultOf(job, each, [file, ...loaded, ...notFiles]);
    results.push(result);
    hear({ kind: "test", result });
  };
  const add = (news: News) => {
    switch (news.kind) {
      case "loaded":
        (news.isFile ? loaded : notFiles).add(news.file);
        break;
      case "chunk":
        chunks.push(news.chunk);
        break;
      case "output":
        for (const output of news.outputs) hear({ kind: "output", file, round, output });
        break;
      case "test start":
        running = { names: news.names, place: news.place, since: performance.now() };
        complete = false;
        break;
      case "test end":
        running = null;
        report(news.report);
        break;
      case "tests complete":
        complete = true;
        break;
    }
  };
  const unfinished = (): Reported["running"] => {
    if (running === null) return null;
    const { since, ...test } = running;
    return { ...test, duration: performance.now() - since };
  };
  return {
    add,
    outcome: (end) => {
      for (const each of endReports(job, { results: [...results], running: unfinished(), complete }, end))
        report(each);
      const hits = { ...noHits, bytecode: hitsOf(chunks) };
      return { ...end, file, round, results, loaded: [...loaded], notFiles: [...notFiles], hits };
    },
  };
}
