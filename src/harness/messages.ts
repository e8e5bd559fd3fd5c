import type { LiveChunk } from "../collect/liveChunk.js";
import type { TestNews } from "../engine/testNews.js";
import type { Job, Outcome } from "../types.js";

/** What a worker is started with: a cell shared with it; an order in it ends the running program. */
export interface WorkerSetup {
  readonly interrupt: Int32Array;
}

/** Main thread to worker. */
export type Request = Job;

/** What only the side that ran the program knows of an outcome. */
export type JobEnd = Pick<Outcome, "exit" | "duration" | "verdicts" | "limits" | "interrupted">;

/** What a job tells while it runs: the chunks that it loads as it loads them, and its tests. */
export type News = { readonly kind: "chunk"; readonly chunk: LiveChunk } | TestNews;

/** Worker to main thread: the news of a job, then its end. */
export type Reply = News | { readonly kind: "end"; readonly end: JobEnd };
