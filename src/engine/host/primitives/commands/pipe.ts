import { constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { childProcess } from "../builtins.js";
import { closeDescriptor } from "../streams/descriptor.js";
import type { Status } from "./launcher.js";
import type { Shell } from "./shell.js";

/** One end of a pipe to a running command. `wait` blocks until the command ends. */
export interface Pipe {
  readonly fd: number;
  wait(): Status | null;
}

/** Starts a command whose output ("r") or input ("w") is the pipe. Null where there are no pipes. */
export function openPipe(command: Uint8Array, mode: "r" | "w", shell: Shell): Pipe | null {
  const ends = takePipe(mode);
  if (ends === null) return null;
  const [ours, theirs] = mode === "r" ? [ends.read, ends.write] : [ends.write, ends.read];
  const { output, error } = shell.standard;
  try {
    const started = shell.start(command, mode === "r" ? [0, theirs, error] : [theirs, output, error]);
    return { fd: ours, wait: started.wait };
  } catch (cause) {
    closeDescriptor(ours);
    throw cause;
  } finally {
    closeDescriptor(theirs);
  }
}

interface Ends {
  readonly read: number;
  readonly write: number;
}

/** Pipes that wait for a command, each open for reading and writing: making one alone takes as long as some. */
const stock: number[] = [];
const stockSize = 8;

/** Our end does not block; theirs does, as commands expect it. */
function takePipe(mode: "r" | "w"): Ends | null {
  if (process.platform !== "linux") return null;
  if (stock.length === 0) stock.push(...makePipes());
  const both = stock.pop();
  if (both === undefined) return null;
  const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;
  const name = `/proc/self/fd/${both}`;
  try {
    return {
      read: openSync(name, mode === "r" ? O_RDONLY | O_NONBLOCK : O_RDONLY),
      write: openSync(name, mode === "w" ? O_WRONLY | O_NONBLOCK : O_WRONLY),
    };
  } finally {
    closeDescriptor(both);
  }
}

/** Node makes no pipes, the shell's mkfifo does. */
function makePipes(): number[] {
  const folder = mkdtempSync(path.join(tmpdir(), "lua_"));
  try {
    const fifos = Array.from({ length: stockSize }, (_, index) => path.join(folder, String(index)));
    if (childProcess().spawnSync("mkfifo", ["-m", "600", ...fifos]).status !== 0) return [];
    return fifos.map((fifo) => openSync(fifo, constants.O_RDWR));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
