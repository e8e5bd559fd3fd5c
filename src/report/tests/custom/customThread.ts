import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { ReporterReply, ReporterRequest, ReporterSetup } from "./customMessages.js";

/** Runs a user's reporter in a thread of its own: one that never comes back can be ended there. */

const { file, ...setup }: ReporterSetup = workerData;
let reporter: Callable | null = null;
let last = Promise.resolve();

parentPort?.on("message", (request: ReporterRequest) => {
  // What the reporter still waits for keeps the thread.
  if (request === "close") parentPort?.removeAllListeners("message").unref();
  else last = last.then(() => answer(request));
});

type Callable = (argument: unknown) => unknown;

function isCallable(value: unknown): value is Callable {
  return typeof value === "function";
}

/** With nothing left to wait for, the thread ends in the middle of an answer, which says that none will come. */
async function answer({ id, event }: Exclude<ReporterRequest, "close">): Promise<void> {
  parentPort?.unref();
  try {
    if (event === null) reporter = await makeReporter();
    else await attempt(`the event "${event.kind}"`, () => reporter?.(event));
    reply({ kind: "done", id });
  } catch (error) {
    const doing = error instanceof Failure ? error.doing : null;
    reply({ kind: "failed", id, doing, message: error instanceof Error ? error.message : String(error) });
  }
  parentPort?.ref();
}

async function makeReporter(): Promise<Callable> {
  const module: unknown = await attempt("loading", () => import(pathToFileURL(file).href));
  const create = defaultOf(module);
  if (!isCallable(create)) {
    throw new Error("has no default export that is a function: (context) => (event) => …");
  }
  const write = (chunk: string | Uint8Array) => reply({ kind: "write", chunk });
  const writeError = (chunk: string | Uint8Array) => reply({ kind: "writeError", chunk });
  const made: unknown = await attempt("its start", () => create({ ...setup, write, writeError }));
  if (isCallable(made)) return made;
  throw new Error("makes no reporter: its default export must return a function of events");
}

function defaultOf(module: unknown): unknown {
  return typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
}

/** What the user's code threw, while it did something. */
class Failure extends Error {
  readonly doing: string;

  constructor(doing: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause));
    this.doing = doing;
  }
}

async function attempt<Value>(doing: string, action: () => Value): Promise<Awaited<Value>> {
  try {
    return await action();
  } catch (cause) {
    throw new Failure(doing, cause);
  }
}

function reply(message: ReporterReply): void {
  parentPort?.postMessage(message);
}
