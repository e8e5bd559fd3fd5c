import { hitsOf, type LiveChunk } from "../collect/liveChunk.js";
import type { Job, Outcome, TestReport } from "../types.js";
import type { JobEnd, News } from "./messages.js";
import { type Reported, resultsOf } from "./results.js";

/** What is known of a running job, whatever becomes of the thread that runs it. */
export interface JobRecord {
  add(news: News): void;
  /** What the job leaves behind, once it has ended. */
  outcome(end: JobEnd): Outcome;
}

export function createRecord(job: Job): JobRecord {
  const chunks: LiveChunk[] = [];
  const reports: TestReport[] = [];
  let running: Reported["running"] = null;
  let complete = false;
  return {
    add: (news) => {
      switch (news.kind) {
        case "chunk":
          chunks.push(news.chunk);
          break;
        case "test start":
          running = { names: news.names, place: news.place };
          complete = false;
          break;
        case "test end":
          reports.push(news.report);
          running = null;
          break;
        case "tests complete":
          complete = true;
          break;
      }
    },
    outcome: (end) => ({
      ...end,
      file: job.program.file,
      round: job.test?.round ?? 1,
      results: resultsOf(job, { reports, running, complete }, end),
      hits: hitsOf(chunks),
    }),
  };
}
