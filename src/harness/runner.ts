import { once } from "node:events";
import { orders } from "../collect/orders.js";
import type { Job, Outcome } from "../types.js";
import type { JobEnd, News, Reply } from "./messages.js";
import { createRecord } from "./record.js";
import { startWorker, type Worker, type WorkerOptions } from "./threads.js";

/** How long a program that is told to end may take to notice, in milliseconds. */
const grace = 500;

const script = new URL("./worker.js", import.meta.url);

export interface RunnerOptions extends WorkerOptions {
  /** Seconds that a job may take, 0 for as many as it likes. */
  readonly timeout: number;
  /** Hears of each outcome as its job ends. */
  readonly onOutcome: (outcome: Outcome) => void;
  /** An abort ends the running program at once and starts no other. */
  readonly signal: AbortSignal | undefined;
}

/** Why a job was told to end, and which is the only thing that a worker ended from outside leaves to say. */
type Order = keyof typeof orders;

/**
 * Runs jobs one after the other in a worker thread, so that this thread stays free for signals and timers.
 * What a program has covered is in its outcome, however it ended: its counters are in shared memory.
 */
export async function runJobs(jobs: readonly Job[], options: RunnerOptions): Promise<void> {
  const { signal, onOutcome } = options;
  const interrupt = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let worker: Worker | null = null;
  try {
    for (const job of jobs) {
      if (signal?.aborted) break;
      worker ??= startWorker(script, { interrupt }, options);
      const ending = createEnding(worker, interrupt);
      const { outcome, alive } = await runOne(worker, job, ending, options);
      if (!alive) worker = null;
      onOutcome(outcome);
    }
  } finally {
    await worker?.terminate();
  }
}

async function runOne(worker: Worker, job: Job, ending: Ending, { timeout, signal }: RunnerOptions) {
  const record = createRecord(job);
  const onAbort = () => ending.order("interrupt");
  const timer = timeout === 0 ? undefined : setTimeout(() => ending.order("timeout"), timeout * 1000);
  signal?.addEventListener("abort", onAbort);
  try {
    const end = await ask(worker, job, record.add);
    const alive = !(end instanceof Error);
    return { alive, outcome: record.outcome(alive ? end : crash(end, ending.given(), timeout)) };
  } finally {
    clearTimeout(timer);
    ending.cancel();
    signal?.removeEventListener("abort", onAbort);
  }
}

/** Tells the running program to end, and ends its worker when it does not notice. */
interface Ending {
  order(order: Order): void;
  given(): Order | null;
  cancel(): void;
}

function createEnding(worker: Worker, interrupt: Int32Array): Ending {
  let given: Order | null = null;
  let timer: NodeJS.Timeout | undefined;
  return {
    order: (order) => {
      given ??= order;
      Atomics.store(interrupt, 0, orders[order]);
      timer ??= setTimeout(() => worker.terminate(), grace);
    },
    given: () => given,
    cancel: () => {
      clearTimeout(timer);
      Atomics.store(interrupt, 0, 0);
    },
  };
}

/** Resolves to the end of the job, or to the reason why the worker ended without one. */
async function ask(worker: Worker, job: Job, onNews: (news: News) => void): Promise<JobEnd | Error> {
  const settled = new AbortController();
  const ended = new Promise<JobEnd>((resolve) => {
    const onMessage = (reply: Reply) => (reply.kind === "end" ? resolve(reply.end) : onNews(reply));
    worker.on("message", onMessage);
    settled.signal.addEventListener("abort", () => worker.off("message", onMessage));
  });
  worker.postMessage(job);
  try {
    // "error" makes once() reject; an "exit" without one is process.exit inside the worker, or terminate().
    const exited = once(worker, "exit", { signal: settled.signal });
    return await Promise.race([ended, exited.then(([code]) => new Error(`it exited with code ${code}`))]);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    settled.abort();
  }
}

function crash(error: Error, given: Order | null, timeout: number): JobEnd {
  const messages = {
    interrupt: "interrupted inside a library function",
    timeout: `timed out after ${timeout} s inside a library function`,
  };
  const message = given === null ? reasonOf(error) : messages[given];
  return {
    exit: { kind: "failed", message, traceback: "" },
    duration: 0,
    verdicts: {},
    limits: [],
    interrupted: given === "interrupt",
  };
}

function reasonOf(error: Error): string {
  if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") {
    return "the program ran out of memory; --max-memory sets how much it may take";
  }
  return `the worker that ran this file ended: ${error.message}`;
}
