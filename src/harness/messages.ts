import type { LiveChunk } from "../collect/liveChunk.js";
import type { Job, Outcome } from "../types.js";

/** What a worker is started with: a cell shared with it; an order in it ends the running program. */
export interface WorkerSetup {
  readonly interrupt: Int32Array;
}

/** Main thread to worker. */
export type Request = Job;

/** An outcome without the hits, which the other side reads from the chunks' memory. */
export type JobEnd = Omit<Outcome, "hits">;

/** Worker to main thread: the chunks that a job loads as it loads them, then its end. */
export type Reply =
  | { readonly kind: "chunk"; readonly chunk: LiveChunk }
  | { readonly kind: "end"; readonly end: JobEnd };
