import {
  MessageChannel,
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  type TransferListItem,
  Worker,
  workerData,
} from "node:worker_threads";
import type { Reply, Request, WorkerSetup } from "./messages.js";

export interface WorkerOptions {
  /** The limit of its heap in MB. */
  readonly heapLimit: number;
  readonly environment: NodeJS.ProcessEnv;
}

/** Starts the module at `script` in a worker thread; the only place that knows worker_threads. */
export function startWorker(
  script: URL,
  setup: WorkerSetup,
  { heapLimit, environment }: WorkerOptions,
): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: heapLimit };
  const transferList: TransferListItem[] = [setup.commands];
  return new Worker(script, { workerData: setup, transferList, resourceLimits, env: environment });
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

/** Two ends of a channel that threads can talk through while one of them runs a program. */
export function createChannel(): { readonly port1: MessagePort; readonly port2: MessagePort } {
  return new MessageChannel();
}

/** What has come by now, without going back to the thread's event loop; null for nothing. */
export function received(port: MessagePort): { readonly message: unknown } | null {
  return receiveMessageOnPort(port) ?? null;
}

export type { MessagePort, Worker };
