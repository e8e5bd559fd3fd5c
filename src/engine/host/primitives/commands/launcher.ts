import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { childProcess } from "../builtins.js";
import { retry, sleep } from "../pause.js";

/** How a process ended: its exit code, or the number of the signal that ended it. */
export interface Status {
  readonly how: "exit" | "signal";
  readonly code: number;
}

/** The descriptors that a child gets as its standard input, output and error. */
export type Descriptors = readonly [number, number, number];

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdio: Descriptors;
}

/** Starts processes for a program. */
export interface Launcher {
  /** Whether somebody else can end what it started while a program waits for it. */
  readonly canBeEnded: boolean;
  /** Runs a command to its end. Throws what the system refuses. */
  run(command: Command): Status;
  /** Starts a command; `wait` blocks until its end, and gives null when it did not start. */
  start(command: Command): { wait(): Status | null };
}

/** Starts processes from this thread, which waits for them by a system call. */
export const localLauncher: Launcher = {
  canBeEnded: false,
  run: (command) => {
    const { file, args } = command;
    const result = childProcess().spawnSync(file, args, optionsOf(command));
    if (result.error !== undefined) throw result.error;
    return statusOf(result.status, result.signal);
  },
  start: (command) => {
    const child = startCommand(command);
    child.on("error", () => {});
    return { wait: () => waitFor(child) };
  },
};

/** Starts a command without waiting for it. */
export function startCommand(command: Command, detached = false): ChildProcess {
  const child = childProcess().spawn(command.file, command.args, { ...optionsOf(command), detached });
  child.unref();
  return child;
}

export function statusOf(code: number | null, signal: NodeJS.Signals | null): Status {
  if (signal !== null) return { how: "signal", code: constants.signals[signal] };
  return { how: "exit", code: code ?? 0 };
}

function optionsOf({ cwd, env, stdio }: Command) {
  const isWindows = process.platform === "win32";
  // Messages of the shell begin with its name.
  return {
    cwd,
    env,
    stdio: [...stdio],
    ...(isWindows ? { windowsVerbatimArguments: true } : { argv0: "sh" }),
  };
}

/**
 * Node starts a process at once, but hears of its end only between two events, when no Lua runs. The kernel says it
 * before: until Node collects it, an ended child is a zombie whose wait status shows.
 */
function waitFor({ pid }: ChildProcess): Status | null {
  if (pid === undefined) return null;
  return retry<{ status: Status | null }>(sleep, () => {
    const status = zombieStatus(pid);
    return status === "running" ? null : { status };
  }).status;
}

/** proc(5): the state is the first field behind the name in parentheses, the wait status the last of all. */
function zombieStatus(pid: number): Status | "running" | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    return null;
  }
  const fields = text
    .slice(text.lastIndexOf(")") + 2)
    .trimEnd()
    .split(" ");
  if (fields[0] !== "Z" && fields[0] !== "X") return "running";
  const status = Number(fields.at(-1));
  const signal = status & 0x7f;
  if (signal === 0) return { how: "exit", code: (status >> 8) & 0xff };
  return { how: "signal", code: signal };
}
