import { setTimeout as delay } from "node:timers/promises";
import { endProcesses } from "../../host/processes.js";
import type { NativeLua } from "../nativeLua.js";
import { residentBytes } from "./resident.js";
import { createGuard } from "./start/guard.js";
import { createLauncher } from "./start/launcher.js";
import {
  type OutputFile,
  type StartedEnd,
  type StartedProcess,
  type StartRequest,
  startChild,
} from "./start/started.js";

/** How often a process is looked at while it runs, in milliseconds. */
const interval = 20;

/** How long a process may take to say where it is, in milliseconds. */
const grace = 300;

const MEGABYTE = 2 ** 20;

export interface ProcessRequest {
  readonly lua: NativeLua;
  /** What comes behind the command of the Lua. */
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** By which the processes are known that it starts: nobody else has these. */
  readonly ownVariables: Readonly<Record<string, string>>;
  /** What stands in one of them, in a few letters. */
  readonly mark: string;
  readonly output: readonly [stdout: OutputFile, stderr: OutputFile];
  /** Whether it may read standard input, by default it may. */
  readonly hasInput?: boolean;
  /** Seconds that it may take from `restartClock` on, 0 for as many as it likes. */
  readonly timeout: number;
  /** In MB. */
  readonly memory: number;
  readonly signal: AbortSignal | undefined;
  /** Called every now and then while it runs, and at its end; true when it has written too much. */
  readonly look: () => boolean;
  /** Called when it is asked to end; it may be given a moment for that. */
  readonly onAsked: () => void;
  /** Whether it has said what it was asked for. */
  readonly hasAnswered: () => boolean;
}

/** Why a process was ended from outside. */
export type Order = "interrupt" | "timeout" | "memory" | "output";

export interface ProcessEnd extends StartedEnd {
  readonly order: Order | null;
}

export interface NativeProcess {
  restartClock(): void;
  /** Once it has ended, with all that it started where it was told to end. */
  readonly end: Promise<ProcessEnd>;
}

/** One for all: it ends with this process. */
const guard = createGuard();

/** One for all that run programs at the same time. */
export const launcher = createLauncher();

/** Starts a Lua, and ends it at its limits. */
export function startProcess(request: ProcessRequest): NativeProcess {
  const { timeout, memory, signal, look } = request;
  const child = start(request);
  const ending = createEnding(child, request);
  const clock = createClock(timeout, () => ending.order("timeout"));
  const watch = setInterval(() => {
    if (look()) ending.order("output");
    if (residentBytes(child.pid()) > memory * MEGABYTE) ending.order("memory");
  }, interval);
  const onAbort = () => ending.order("interrupt");
  signal?.addEventListener("abort", onAbort);
  const end = async (): Promise<ProcessEnd> => {
    try {
      return { ...(await child.end), order: ending.given() };
    } finally {
      clock.stop();
      clearInterval(watch);
      signal?.removeEventListener("abort", onAbort);
      await ending.over();
      const pid = child.pid();
      if (pid !== undefined) guard.forget(pid);
      look();
    }
  };
  clock.restart();
  return { restartClock: clock.restart, end: end() };
}

function start({ lua, args, environment, mark, output, hasInput = true }: ProcessRequest): StartedProcess {
  const request: StartRequest = {
    command: [...lua.command, ...args],
    environment,
    // In a group of its own, a program cannot read from the terminal.
    input: process.stdin.isTTY || !hasInput ? "ignore" : "inherit",
    output,
  };
  const launched = launcher.start(request);
  if (launched === null) return startGuarded(request, mark);
  launched.started.then(() => {
    if (!launched.hasEnded()) guard.watch(launched.pid());
  });
  return launched;
}

function startGuarded(request: StartRequest, mark: string): StartedProcess {
  guard.expect(mark);
  const child = startChild(request);
  guard.watch(child.pid());
  return child;
}

/** Ends a process with all that it has started, for the first reason that is given. */
function createEnding(child: StartedProcess, request: ProcessRequest) {
  let given: Order | null = null;
  let over = Promise.resolve();
  const end = async (order: Order) => {
    await child.started;
    const pid = child.pid();
    if (pid !== undefined) await endProcess(child, pid, order, request);
  };
  return {
    order: (order: Order) => {
      if (given !== null) return;
      given = order;
      over = end(order);
    },
    given: () => given,
    over: () => over,
  };
}

async function endProcess(
  child: StartedProcess,
  pid: number,
  order: Order,
  { ownVariables: variables, ...request }: ProcessRequest,
): Promise<void> {
  const hasGroups = process.platform !== "win32";
  if (hasGroups && order !== "output") await ask(child, pid, request);
  await endProcesses({ roots: [pid], hasGroups, variables });
}

/**
 * At SIGINT lua.c and LuaJIT raise an error wherever the program is: it tells the place, and the agent leaves its counters.
 * What does not heed it is ended anyway.
 */
async function ask(
  child: StartedProcess,
  pid: number,
  { look, onAsked, hasAnswered, memory }: Pick<ProcessRequest, "look" | "onAsked" | "hasAnswered" | "memory">,
): Promise<void> {
  onAsked();
  interrupt(child, pid);
  const isOver = () => hasAnswered() || child.hasEnded() || isFarBeyond(pid, memory);
  for (let waited = 0; waited < grace && !isOver(); waited += interval) {
    await delay(interval);
    look();
  }
}

function interrupt(child: StartedProcess, pid: number): void {
  try {
    if (!child.hasEnded()) process.kill(pid, "SIGINT");
  } catch {}
}

/** What has taken too much memory may go on for as long as it is asked, but not at any price. */
function isFarBeyond(pid: number, memory: number): boolean {
  return residentBytes(pid) > Math.max(memory * 1.5, memory + 256) * MEGABYTE;
}

/** Once stopped it stays so: that a program has begun may be read when it has ended already. */
function createClock(seconds: number, onEnd: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  return {
    restart: () => {
      clearTimeout(timer);
      if (seconds > 0 && !isStopped) timer = setTimeout(onEnd, seconds * 1000);
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
