/**
 * A small process that starts programs for this one. To start one, the system copies the tables of all memory of its
 * parent: for ours, with the parser and the copies of the sources, that takes most of a short program's time.
 */

import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { LauncherReply, LauncherRequest } from "./messages.js";
import type { StartedEnd, StartedProcess, StartRequest } from "./started.js";

/** For fewer programs, starting a process more is not worth it: of 40 they took as long, of 80 a twentieth less. */
const many = 64;

const script = fileURLToPath(new URL("./launcherProcess.js", import.meta.url));

export interface Launcher {
  /** Starts a process; null where that is better done without a launcher, or there is none yet. */
  start(request: StartRequest): StartedProcess | null;
  /** Whoever may start programs says so, of how many he knows, and that he does no more: the last one ends it. */
  open(programs: number): void;
  close(): void;
}

export function createLauncher(): Launcher {
  let users = 0;
  let count = 0;
  let expected = 0;
  let running: Running | null = null;
  return {
    start: (request) => {
      if (users === 0) return null;
      count++;
      const isWorthIt = Math.max(count, expected) >= many && process.platform !== "win32";
      if (isWorthIt) running ??= startLauncher();
      return running?.isReady() ? running.start(request) : null;
    },
    open: (programs) => {
      users++;
      expected = Math.max(expected, programs);
    },
    close: () => {
      users--;
      if (users > 0) return;
      running?.close();
      running = null;
      [count, expected] = [0, 0];
    },
  };
}

interface Running {
  isReady(): boolean;
  start(request: StartRequest): StartedProcess;
  close(): void;
}

/** What is to be heard of a program. */
interface Listener {
  readonly pid: () => number | undefined;
  onStart(pid: number): void;
  onEnd(end: StartedEnd): void;
}

function startLauncher(): Running {
  const { NODE_OPTIONS: _, ...env } = process.env;
  // In a session of its own, no signal of the terminal ends it before the programs.
  const child = fork(script, [], {
    env,
    execArgv: [],
    detached: true,
    stdio: [process.stdin.isTTY ? "ignore" : "inherit", "ignore", "ignore", "ipc"],
  });
  let isReady = false;
  let count = 0;
  const listeners = new Map<number, Listener>();
  child.on("message", (reply: LauncherReply) => {
    if (reply.kind === "ready") isReady = true;
    else if (reply.kind === "started") listeners.get(reply.id)?.onStart(reply.pid);
    else {
      listeners.get(reply.id)?.onEnd(reply);
      listeners.delete(reply.id);
    }
  });
  const onGone = () => {
    isReady = false;
    for (const listener of listeners.values()) abandon(listener);
    listeners.clear();
  };
  child.on("error", onGone);
  child.on("exit", onGone);
  unref(child);
  return {
    isReady: () => isReady && child.connected,
    start: (request) => {
      const id = count++;
      const { started, listener } = createStarted();
      listeners.set(id, listener);
      const message: LauncherRequest = { id, folder: process.cwd(), request };
      child.send(message);
      return started;
    },
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
}

/** Nobody waits for it. */
function unref(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

/** A program whose parent is gone: nobody hears any more how it ends. */
function abandon({ pid, onEnd }: Listener): void {
  const group = pid();
  try {
    if (group !== undefined) process.kill(-group, "SIGKILL");
  } catch {}
  onEnd({ code: null, signal: null, problem: "the process that starts programs has ended" });
}

function createStarted(): { readonly started: StartedProcess; readonly listener: Listener } {
  let pid: number | undefined;
  let hasEnded = false;
  const { promise: started, resolve: onStarted } = withResolver<void>();
  const { promise: end, resolve: onEnded } = withResolver<StartedEnd>();
  const getPid = () => pid;
  return {
    started: { pid: getPid, hasEnded: () => hasEnded, started, end },
    listener: {
      pid: getPid,
      onStart: (own) => {
        pid = own;
        onStarted();
      },
      onEnd: ({ code, signal, problem }) => {
        hasEnded = true;
        onStarted();
        onEnded({ code, signal, problem });
      },
    },
  };
}

function withResolver<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((own) => {
    resolve = own;
  });
  return { promise, resolve };
}
