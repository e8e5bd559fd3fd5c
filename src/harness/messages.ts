import type { Job, Outcome } from "../types.js";

/** What a worker is started with: a cell shared with it; setting it ends the running program. */
export interface WorkerSetup {
  readonly interrupt: Int32Array;
}

/** Main thread to worker. */
export type Request = Job;

/** Worker to main thread, one for each request. */
export type Reply = Outcome;
