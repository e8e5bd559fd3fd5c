import { once } from "node:events";
import type { Job, Outcome } from "../types.js";
import type { Reply } from "./messages.js";
import { startWorker, type Worker } from "./threads.js";

/** How long an interrupted program may take to notice, in milliseconds. */
const grace = 500;

const script = new URL("./worker.js", import.meta.url);

/**
 * Runs jobs one after the other in a worker thread, so that this thread stays free for signals. `onOutcome`
 * hears of each as it ends. An abort ends the running program at once and starts no other; what it had
 * measured is in its outcome, unless it is busy inside a library function, where no hook runs.
 */
export async function runJobs(
  jobs: readonly Job[],
  onOutcome: (outcome: Outcome) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const interrupt = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let worker: Worker | null = null;
  let timer: NodeJS.Timeout | undefined;
  const onAbort = () => {
    Atomics.store(interrupt, 0, 1);
    timer = setTimeout(() => worker?.terminate(), grace);
  };
  signal?.addEventListener("abort", onAbort);
  try {
    for (const job of jobs) {
      if (signal?.aborted) break;
      worker ??= startWorker(script, { interrupt });
      const reply = await ask(worker, job);
      if (reply instanceof Error) worker = null;
      onOutcome(reply instanceof Error ? crash(job, reply, signal?.aborted ?? false) : reply);
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    await worker?.terminate();
  }
}

/** Resolves to the outcome, or to the reason why the worker ended without one. */
async function ask(worker: Worker, job: Job): Promise<Reply | Error> {
  const settled = new AbortController();
  worker.postMessage(job);
  try {
    return await Promise.race([
      once(worker, "message", { signal: settled.signal }).then(([reply]): Reply => reply),
      // "error" makes once() reject; an "exit" without one is process.exit inside the worker.
      once(worker, "exit", { signal: settled.signal }).then(
        ([code]) => new Error(`it exited with code ${code}`),
      ),
    ]);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    settled.abort();
  }
}

function crash(job: Job, error: Error, interrupted: boolean): Outcome {
  const message = interrupted
    ? "interrupted inside a library function or after debug.sethook; the hits of this file are lost"
    : `the worker that ran this file ended: ${error.message}`;
  return {
    result: { file: job.program.file, status: "error", duration: 0, message, traceback: "" },
    hits: {},
    verdicts: {},
    interrupted,
  };
}
