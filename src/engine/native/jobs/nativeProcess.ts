import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import type { CommandEnd } from "../../../types.js";
import { endProcesses } from "../../host/processes.js";
import { childEnd } from "../childEnd.js";
import type { NativeLua } from "../nativeLua.js";
import { createGuard } from "./guard.js";
import { residentBytes } from "./resident.js";

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
  readonly output: readonly [stdout: number, stderr: number];
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

export interface ProcessEnd extends CommandEnd {
  readonly order: Order | null;
  /** What kept it from starting at all. */
  readonly problem: string | null;
}

export interface NativeProcess {
  restartClock(): void;
  /** Once it has ended, with all that it started where it was told to end. */
  readonly end: Promise<ProcessEnd>;
}

/** One for all: it ends with this process. */
const guard = createGuard();

/** Starts a Lua, and ends it at its limits. */
export function startProcess(request: ProcessRequest): NativeProcess {
  const { timeout, memory, signal, look } = request;
  for (const [name, value] of Object.entries(request.ownVariables).slice(-1))
    guard.expect(`${name}=${value}`);
  const child = spawnLua(request);
  guard.watch(child.pid);
  const ending = createEnding(child, request);
  const clock = createClock(timeout, () => ending.order("timeout"));
  const watch = setInterval(() => {
    if (look()) ending.order("output");
    if (residentBytes(child.pid) > memory * MEGABYTE) ending.order("memory");
  }, interval);
  const onAbort = () => ending.order("interrupt");
  signal?.addEventListener("abort", onAbort);
  const end = async (): Promise<ProcessEnd> => {
    try {
      return { ...(await ended(child)), order: ending.given() };
    } finally {
      clock.stop();
      clearInterval(watch);
      signal?.removeEventListener("abort", onAbort);
      await ending.over();
      if (child.pid !== undefined) guard.forget(child.pid);
      look();
    }
  };
  clock.restart();
  return { restartClock: clock.restart, end: end() };
}

function spawnLua({ lua, args, environment, output }: ProcessRequest): ChildProcess {
  const [file, ...before] = lua.command;
  return spawn(file, [...before, ...args], {
    // In a group of its own, a program cannot read from the terminal.
    stdio: [process.stdin.isTTY ? "ignore" : "inherit", ...output],
    env: environment,
    detached: process.platform !== "win32",
  });
}

/** Ends a process with all that it has started, for the first reason that is given. */
function createEnding(child: ChildProcess, request: ProcessRequest) {
  let given: Order | null = null;
  let over = Promise.resolve();
  const { pid } = child;
  return {
    order: (order: Order) => {
      if (given !== null || pid === undefined) return;
      given = order;
      over = end(child, pid, order, request);
    },
    given: () => given,
    over: () => over,
  };
}

async function end(
  child: ChildProcess,
  pid: number,
  order: Order,
  { ownVariables: variables, ...request }: ProcessRequest,
): Promise<void> {
  const hasGroups = process.platform !== "win32";
  if (hasGroups && order !== "output") await ask(child, request);
  await endProcesses({ roots: [pid], hasGroups, variables });
}

/**
 * At SIGINT lua.c and LuaJIT raise an error wherever the program is: it tells the place, and the agent leaves its counters.
 * What does not heed it is ended anyway.
 */
async function ask(
  child: ChildProcess,
  { look, onAsked, hasAnswered, memory }: Pick<ProcessRequest, "look" | "onAsked" | "hasAnswered" | "memory">,
): Promise<void> {
  onAsked();
  child.kill("SIGINT");
  const isOver = () => hasAnswered() || child.exitCode !== null || isFarBeyond(child, memory);
  for (let waited = 0; waited < grace && !isOver(); waited += interval) {
    await delay(interval);
    look();
  }
}

/** What has taken too much memory may go on for as long as it is asked, but not at any price. */
function isFarBeyond({ pid }: ChildProcess, memory: number): boolean {
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

async function ended(child: ChildProcess): Promise<Omit<ProcessEnd, "order">> {
  try {
    return { ...(await childEnd(child, "exit")), problem: null };
  } catch (error) {
    return { code: null, signal: null, problem: error instanceof Error ? error.message : String(error) };
  }
}
