import type { Executor } from "../../engine/engine.js";
import type { Job, Outcome } from "../../types.js";
import { runAttempts } from "./attempts.js";
import { type FileEvent, runRecorded } from "./record.js";

export interface PoolOptions {
  /** How many jobs run at the same time, each in an executor of its own. */
  readonly workers: number;
  readonly createExecutor: () => Executor;
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
 * Runs jobs elsewhere than in this thread, which stays free for signals and timers. They start in their order; after an
 * abort no other starts. What a program has covered is in its outcome, however it ended.
 */
export async function runJobs(
  jobs: readonly Job[],
  options: PoolOptions,
  listener: PoolListener,
): Promise<void> {
  const { workers, createExecutor, retry, signal } = options;
  const waiting = jobs.entries();
  const work = async () => {
    const executor = createExecutor();
    const run = (job: Job, hear: (event: FileEvent) => void) => runRecorded(executor, job, hear);
    try {
      for (const [index, job] of waiting) {
        if (signal.aborted) break;
        listener.start(index);
        const hear = (event: FileEvent) => listener.event(index, event);
        listener.end(index, await runAttempts(job, run, { retry, signal, hear }));
      }
    } finally {
      await executor.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, work));
}
