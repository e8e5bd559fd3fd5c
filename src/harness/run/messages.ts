import type { LiveChunk } from "../../engine/fengari/collect/liveChunk.js";
import type { TestNews } from "../../engine/fengari/testNews.js";
import type { Job, Outcome, Output, Verdict } from "../../types.js";

/** What a worker is started with: a cell shared with it; an order in it ends the running program. */
export interface WorkerSetup {
  readonly interrupt: Int32Array;
}

/** Main thread to worker. */
export type Request = Job;

/** What only the side that ran the program knows of an outcome. */
export type JobEnd = Pick<Outcome, "exit" | "duration" | "unloaded" | "limits" | "interrupted">;

/** What a job tells while it runs: the files and chunks that it loads, what it writes, and its tests. */
export type News =
  | { readonly kind: "loaded"; readonly file: string; readonly verdict: Verdict }
  | { readonly kind: "chunk"; readonly chunk: LiveChunk }
  | { readonly kind: "output"; readonly outputs: readonly Output[] }
  | TestNews;

/** Worker to main thread: that a job begins, its news, then its end. */
export type Reply = { readonly kind: "begin" } | News | { readonly kind: "end"; readonly end: JobEnd };
