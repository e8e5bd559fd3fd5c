import { closeSync, constants, fstatSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { isTerminal } from "../builtins.js";
import { codeOf } from "../failure.js";
import { type Pause, retry } from "../pause.js";

/** How a descriptor takes a position: by the number given to it, by always saying 0, or not at all. */
export type Seeking = "position" | "zero" | "none";

const EMPTY = new Uint8Array(0);
/** Windows has neither. */
const { O_NONBLOCK = 0, O_NOCTTY = 0, O_RDONLY, O_WRONLY, O_RDWR } = constants;

/** Opens a file as the system does, of which neither this nor reading and writing blocks the thread. */
export function openDescriptor(path: Uint8Array, flags: number, pause: Pause): number {
  return retry(pause, () => openAtOnce(Buffer.from(path), flags));
}

/** The opening of a named pipe ends when there is a writer. Gives what had to be read to know; closes what it refuses. */
export function awaitWriter(fd: number, flags: number, pause: Pause): Uint8Array {
  const isReading = (flags & (O_RDONLY | O_WRONLY | O_RDWR)) === O_RDONLY;
  if (!isReading || !fstatSync(fd).isFIFO()) return EMPTY;
  try {
    return retry(pause, () => firstInput(fd));
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Null for a named pipe that nobody reads yet. */
function openAtOnce(path: Buffer, flags: number): number | null {
  try {
    return openSync(path, flags | O_NONBLOCK, 0o666);
  } catch (error) {
    if (codeOf(error) === "ENXIO" && statSync(path).isFIFO()) return null;
    throw error;
  }
}

/** A named pipe is open once somebody writes to it: till then it is at its end. Null as long as nobody does. */
function firstInput(fd: number): Uint8Array | null {
  const bytes = new Uint8Array(4096);
  const count = readAtOnce(fd, bytes, null);
  if (count === null) return EMPTY;
  return count === 0 ? null : bytes.subarray(0, count);
}

/**
 * A descriptor of our own for a pipe or a terminal that this process was started with, which does not block. The
 * others that have it are not affected. Null where there is none.
 */
export function withoutBlocking(fd: number, mode: "r" | "w"): number | null {
  if (process.platform !== "linux" || !(isPipe(fd) || isTerminal(fd))) return null;
  try {
    return openSync(`/proc/self/fd/${fd}`, (mode === "r" ? O_RDONLY : O_WRONLY) | O_NONBLOCK | O_NOCTTY);
  } catch {
    return null;
  }
}

function isPipe(fd: number): boolean {
  try {
    return fstatSync(fd).isFIFO();
  } catch {
    return false;
  }
}

/** What lseek would say: terminals, pipes and sockets refuse it, other devices stay at 0. */
export function seekingOf(fd: number): Seeking {
  const stats = fstatSync(fd);
  if (stats.isFile() || stats.isDirectory() || stats.isBlockDevice()) return "position";
  return stats.isCharacterDevice() && !isTerminal(fd) ? "zero" : "none";
}

export function sizeOf(fd: number): number {
  return fstatSync(fd).size;
}

/** Reads what there is, at least a byte; 0 is the end. */
export function readSome(fd: number, into: Uint8Array, position: number | null, pause: Pause): number {
  return retry(pause, () => readAtOnce(fd, into, position));
}

/** Null for a pipe that says to try again. */
function readAtOnce(fd: number, into: Uint8Array, position: number | null): number | null {
  try {
    return readSync(fd, into, 0, into.length, position);
  } catch (error) {
    // Windows ends a pipe with an error.
    if (codeOf(error) === "EOF") return 0;
    if (codeOf(error) === "EAGAIN") return null;
    throw error;
  }
}

/** Writes all bytes, however often the descriptor takes only a part or, being a full pipe, none. */
export function writeAll(fd: number, bytes: Uint8Array, position: number | null, pause: Pause): void {
  let written = 0;
  while (written < bytes.length) {
    const from = written;
    written += retry(pause, () =>
      writeAtOnce(fd, bytes.subarray(from), position === null ? null : position + from),
    );
  }
}

function writeAtOnce(fd: number, bytes: Uint8Array, position: number | null): number | null {
  try {
    return writeSync(fd, bytes, 0, bytes.length, position);
  } catch (error) {
    if (codeOf(error) === "EAGAIN") return null;
    throw error;
  }
}

export function closeDescriptor(fd: number): void {
  closeSync(fd);
}
