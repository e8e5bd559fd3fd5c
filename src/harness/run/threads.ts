import { parentPort, Worker, workerData } from "node:worker_threads";
import type { Reply, Request, WorkerSetup } from "./messages.js";

export interface WorkerOptions {
  /** The limit of its heap in MB, 0 for none. */
  readonly maxMemory: number;
  readonly environment: NodeJS.ProcessEnv;
}

/** Starts the module at `script` in a worker thread; the only place that knows worker_threads. */
export function startWorker(
  script: URL,
  setup: WorkerSetup,
  { maxMemory, environment }: WorkerOptions,
): Worker {
  const resourceLimits = maxMemory === 0 ? {} : { maxOldGenerationSizeMb: maxMemory };
  return new Worker(script, { workerData: setup, resourceLimits, env: environment });
}

/** Inside a worker: lets `handle` answer every request, as often as it calls `reply`. */
export function serve(
  handle: (request: Request, setup: WorkerSetup, reply: (reply: Reply) => void) => void,
): void {
  const setup: WorkerSetup = workerData;
  parentPort?.on("message", (request: Request) => {
    handle(request, setup, (reply) => parentPort?.postMessage(reply));
  });
}

export type { Worker };
