import { once } from "node:events";
import type { DebuggedProgram } from "../../../../debug/program.js";
import { shownIn } from "../../../../debug/shown.js";
import type { ExecutorOptions } from "../../../../engine/engine.js";
import { cells, createOrders } from "../../../../engine/fengari/collect/orders.js";
import type { Interruptible } from "../../../../engine/wasm/interruption.js";
import { lookSoon } from "../../../../engine/wasm/sampling.js";
import type { Scope } from "../../../../types.js";
import { openThreadConnection } from "../debugging/connection.js";
import { pausingByCall, pausingByOrder } from "../debugging/pausing.js";
import { outOfMemory, workerEnded } from "../memoryHint.js";
import type {
  JobRequest,
  MachineNews,
  PostedJob,
  Reply,
  Request,
  WorkerEnd,
  WorkerNews,
} from "../messages.js";
import { takeFromBacklog } from "../telling/backlog.js";
import { clearPartsLog, createPartsReading } from "../telling/partsLog.js";
import type { Worker } from "../threads.js";
import { timedOut } from "../wasm/timedOut.js";
import { startClock } from "./clock.js";
import { type Crew, leaveCrew, memoryOf, startCrew } from "./crew.js";
import { takeEarly } from "./early.js";
import { createEnding, type Ending, type Order } from "./ending.js";

/** How long it may take to find out where a program was, in milliseconds. */
const examinationLimit = 5000;

/** A job, as a thread is asked for it. */
export type AskedJob = Omit<JobRequest, "debugging" | "hasInput" | "memory">;

/** Runs jobs in a worker thread, one at a time: it starts with the first job that needs one, and after one that ended it. */
export interface JobThread {
  /** `onNews` hears what the program tells. */
  run(request: AskedJob, onNews: (news: WorkerNews) => void): Promise<WorkerEnd>;
  close(): Promise<void>;
}

/** Runs jobs in a worker whose module is at `script`, the first of them in one that may wait for it. */
export function createJobThread(script: URL, options: ExecutorOptions): JobThread {
  const memory = memoryOf(options);
  const started = takeEarly(script, options);
  const interrupt = started?.interrupt ?? createOrders();
  let crew: Crew | null = started?.crew ?? null;
  return {
    run: async (request, onNews) => {
      crew ??= startCrew(script, interrupt, options);
      interrupt[cells.backlog] = 0;
      const hear = (news: WorkerNews) => {
        onNews(news);
        if (news.kind === "output") takeFromBacklog(interrupt, news.outputs);
      };
      const result = await runOne(crew, { ...request, memory }, interrupt, hear, options);
      if (result.alive) return result.end;
      crew = leaveCrew(crew);
      const { stopped } = result;
      if (stopped === null) return result.end;
      const next = startCrew(script, interrupt, options);
      const traceback = await examined(next.worker, stopped);
      if (traceback === null) await next.worker.terminate();
      crew = traceback === null ? leaveCrew(next) : next;
      if (traceback === null || result.end.interrupted) return result.end;
      return {
        ...result.end,
        exit: timedOut(traceback, request.job.program.file, request.lua?.agent ?? null),
      };
    },
    // Its programs are over, and what is reported of them does not wait until its memory is free.
    close: async () => {
      crew?.worker.terminate();
      if (crew !== null) crew = leaveCrew(crew);
    },
  };
}

/** How a job ended, and whether its worker goes on; if not, what is left of a program that was told to end. */
type ThreadEnd =
  | { readonly alive: true; readonly end: WorkerEnd }
  | { readonly alive: false; readonly end: WorkerEnd; readonly stopped: Interruptible | null };

/** Where a program was whose thread had to be ended; null where nobody can tell. */
async function examined(worker: Worker, interruptible: Interruptible): Promise<string | null> {
  const limit = AbortSignal.timeout(examinationLimit);
  try {
    worker.postMessage({ kind: "examination", interruptible } satisfies Request);
    const [reply]: Reply[] = await once(worker, "message", { signal: limit });
    return reply?.kind === "examined" ? reply.traceback : null;
  } catch {
    return null;
  }
}

/** The clock of a job runs from its begin: what a worker and a Lua state take to start is not the job's time. */
async function runOne(
  { worker, commands, parts }: Crew,
  request: Omit<JobRequest, "debugging" | "hasInput">,
  interrupt: Int32Array,
  onNews: (news: WorkerNews) => void,
  { signal, debug, ...limits }: ExecutorOptions,
): Promise<ThreadEnd> {
  const { program, test, timeout = limits.timeout } = request.job;
  commands.begin({ ...program.environment, ...request.lua?.environment }, test !== null);
  const ending = createEnding(worker, commands, interrupt);
  const onAbort = () => ending.order("interrupt");
  let clock: ReturnType<typeof startClock> | undefined;
  let looks: NodeJS.Timeout | undefined;
  const pausing = request.lua === null ? pausingByOrder(interrupt) : pausingByCall(() => aliveIn(ending));
  const connection = debug === null ? null : openThreadConnection(interrupt, nameOf(request), pausing.soon);
  const hasInput = debug === null || debug.leavesInput === true;
  let start = performance.now();
  const onBegin = () => {
    start = performance.now();
    clock = startClock(timeout, request.job.timeout !== undefined, () => ending.order("timeout"));
  };
  signal?.addEventListener("abort", onAbort);
  try {
    const hear = (news: WorkerNews | MachineNews) => {
      if (news.kind === "interruptible") ending.canInterrupt(news.interruptible);
      else if (news.kind === "sampled") looks = setInterval(() => lookAt(ending, news.index), 1);
      else if (news.kind === "pausable") pausing.by(news.index);
      else if (news.kind === "debugger") connection?.hear(news.line);
      else onNews(news);
    };
    const asked = { ...request, debugging: connection?.port ?? null, hasInput };
    const work = () => ask({ worker, parts }, asked, onBegin, hear);
    const end = await (debug === null || connection === null ? work() : shownIn(debug, connection, work));
    if (!(end instanceof Error)) return { alive: true, end };
    const { given, target } = ending.state();
    const stopped = given === null ? null : target;
    return { alive: false, stopped, end: crash(end, given, timeout, performance.now() - start) };
  } finally {
    clock?.stop();
    clearInterval(looks);
    signal?.removeEventListener("abort", onAbort);
    await ending.over();
  }
}

/** A program that is told to end is left to that. */
function aliveIn({ state }: Ending): Interruptible | null {
  const { given, target } = state();
  return given === null ? target : null;
}

function lookAt(ending: Ending, index: number): void {
  const target = aliveIn(ending);
  if (target !== null) lookSoon(target, index);
}

function nameOf({ job, lua }: AskedJob): Pick<DebuggedProgram, "file" | "lua"> {
  return { file: job.program.file, lua: job.test?.lua ?? lua?.version ?? null };
}

/** Resolves to the end of the job, or to the reason why the worker ended without one. */
function ask(
  { worker, parts }: Pick<Crew, "worker" | "parts">,
  request: JobRequest,
  onBegin: () => void,
  onNews: (news: WorkerNews | MachineNews) => void,
): Promise<WorkerEnd | Error> {
  clearPartsLog(parts);
  const read = createPartsReading(parts);
  const tellParts = () => {
    for (const news of read()) onNews(news);
  };
  return new Promise((resolve) => {
    const onMessage = (reply: Reply) => {
      if (reply.kind === "begin") onBegin();
      else if (reply.kind === "end") settle(reply.end);
      else if (reply.kind !== "examined") {
        // For these there was no room behind those before them.
        if (reply.kind === "ran" || reply.kind === "rest") tellParts();
        onNews(reply);
      }
    };
    const onError = (error: unknown) => settle(error instanceof Error ? error : new Error(String(error)));
    // Without an error it is process.exit inside the worker, or terminate().
    const onExit = (code: number) => settle(new Error(`it exited with code ${code}`));
    const settle = (end: WorkerEnd | Error) => {
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      tellParts();
      resolve(end);
    };
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    worker.postMessage(posted(worker, request), request.debugging === null ? [] : [request.debugging]);
  });
}

/** The scope that each worker was told last. */
const told = new WeakMap<Worker, Scope>();

function posted(worker: Worker, { job: { scope, ...job }, ...request }: JobRequest): PostedJob {
  const isKnown = told.get(worker) === scope;
  told.set(worker, scope);
  return { ...request, job, scope: isKnown ? null : scope };
}

function crash(error: Error, given: Order | null, timeout: number, duration: number): WorkerEnd {
  const messages = {
    interrupt: "interrupted inside a library function",
    timeout: `timed out after ${timeout} s inside a library function`,
  };
  const message = given === null ? reasonOf(error) : messages[given];
  return {
    exit: { kind: "failed", message, traceback: "" },
    duration,
    unloaded: [],
    limits: [],
    interrupted: given === "interrupt",
  };
}

function reasonOf(error: Error): string {
  if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") {
    return outOfMemory;
  }
  return `${workerEnded}${error.message}`;
}
