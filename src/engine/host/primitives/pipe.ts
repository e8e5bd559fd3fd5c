import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { constants, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { closeDescriptor } from "./descriptor.js";
import { invocation, type Shell, type Status } from "./shell.js";
import { sleep } from "./sleep.js";

/** One end of a pipe to a running command. `wait` blocks until the command ends. */
export interface Pipe {
  readonly fd: number;
  wait(): Status | null;
}

/**
 * Starts a command whose output ("r") or input ("w") is the pipe. Node starts a process at once, but hears of
 * its end only between two events, when no Lua runs; the kernel says it before: null where there is no /proc.
 */
export function openPipe(command: Uint8Array, mode: "r" | "w", shell: Shell): Pipe | null {
  if (process.platform !== "linux") return null;
  const ends = makePipe();
  if (ends === null) return null;
  const [ours, theirs] = mode === "r" ? [ends.read, ends.write] : [ends.write, ends.read];
  const [file, args] = invocation(command);
  const { output, error } = shell.standard;
  const stdio = mode === "r" ? [0, theirs, error] : [theirs, output, error];
  const child = spawn(file, args, { ...shell.options, stdio });
  // A shell that cannot be started has no pid, which `wait` reports.
  child.on("error", () => {});
  child.unref();
  closeDescriptor(theirs);
  return { fd: ours, wait: () => collected(waitFor(child), shell) };
}

interface Ends {
  readonly read: number;
  readonly write: number;
}

/** Node makes no pipes, the shell's mkfifo does. It is opened from both sides first: then no end blocks. */
function makePipe(): Ends | null {
  const folder = mkdtempSync(path.join(tmpdir(), "lua_"));
  try {
    const fifo = path.join(folder, "pipe");
    if (spawnSync("mkfifo", ["-m", "600", fifo]).status !== 0) return null;
    const both = openSync(fifo, constants.O_RDWR);
    const ends = { read: openSync(fifo, constants.O_RDONLY), write: openSync(fifo, constants.O_WRONLY) };
    closeDescriptor(both);
    return ends;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function collected(status: Status | null, shell: Shell): Status | null {
  shell.standard.collect();
  return status;
}

/** Until Node collects it, an ended child is a zombie whose wait status the kernel shows. */
function waitFor({ pid }: ChildProcess): Status | null {
  if (pid === undefined) return null;
  for (let pause = 0.1; ; pause = Math.min(pause * 2, 5)) {
    const found = zombieStatus(pid);
    if (found !== "running") return found;
    sleep(pause);
  }
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
