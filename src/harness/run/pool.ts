import type { Job, Outcome } from "../../types.js";
import { runAttempts } from "./attempts.js";
import { createLane, type LaneOptions } from "./embedded/lane.js";
import type { FileEvent } from "./record.js";

export interface PoolOptions extends LaneOptions {
  /** How often a job whose tests failed is run again. */
  readonly retry: number;
  readonly signal: AbortSignal;
}

/** Hears of jobs as things happen, by their index. */
export interface PoolListener {
  start(index: number): void;
  event(index: number, event: FileEvent): void;
  end(index: number, outcome: Outcome): void;
}

/**
 * Runs jobs in worker threads, so that this thread stays free for signals and timers. They start in their order;
 * after an abort no other starts. What a program has covered is in its outcome, however it ended: its counters
 * are in shared memory.
 */
export async function runJobs(
  jobs: readonly Job[],
  options: PoolOptions,
  listener: PoolListener,
): Promise<void> {
  const { workers, retry, signal } = options;
  const waiting = jobs.entries();
  const work = async () => {
    const lane = createLane(options);
    try {
      for (const [index, job] of waiting) {
        if (signal.aborted) break;
        listener.start(index);
        const hear = (event: FileEvent) => listener.event(index, event);
        listener.end(index, await runAttempts(job, lane.run, { retry, signal, hear }));
      }
    } finally {
      await lane.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, work));
}
