import { parentPort, Worker, workerData } from "node:worker_threads";
import type { Reply, Request, WorkerSetup } from "./messages.js";

/** Starts the module at `script` in a worker thread; the only place that knows worker_threads. */
export function startWorker(script: URL, setup: WorkerSetup): Worker {
  return new Worker(script, { workerData: setup });
}

/** Inside a worker: answers every request with what `handle` makes of it. */
export function serve(handle: (request: Request, setup: WorkerSetup) => Reply): void {
  const setup: WorkerSetup = workerData;
  parentPort?.on("message", (request: Request) => parentPort?.postMessage(handle(request, setup)));
}

export type { Worker };
