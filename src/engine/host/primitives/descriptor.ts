import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";
import { isatty } from "node:tty";
import { codeOf } from "./failure.js";
import { sleep } from "./sleep.js";

/** How a descriptor takes a position: by the number given to it, by always saying 0, or not at all. */
export type Seeking = "position" | "zero" | "none";

export function openDescriptor(path: Uint8Array, flags: number): number {
  return openSync(Buffer.from(path), flags, 0o666);
}

/** What lseek would say: terminals, pipes and sockets refuse it, other devices stay at 0. */
export function seekingOf(fd: number): Seeking {
  const stats = fstatSync(fd);
  if (stats.isFile() || stats.isDirectory() || stats.isBlockDevice()) return "position";
  return stats.isCharacterDevice() && !isatty(fd) ? "zero" : "none";
}

export function sizeOf(fd: number): number {
  return fstatSync(fd).size;
}

/** Reads what there is, at least a byte; 0 is the end. Waits for a pipe that says to try again. */
export function readSome(fd: number, into: Uint8Array, position: number | null): number {
  for (;;) {
    try {
      return readSync(fd, into, 0, into.length, position);
    } catch (error) {
      // Windows ends a pipe with an error.
      if (codeOf(error) === "EOF") return 0;
      if (codeOf(error) !== "EAGAIN") throw error;
      sleep(1);
    }
  }
}

/** Writes all bytes, however often the descriptor takes only a part or, being a full pipe, none. */
export function writeAll(fd: number, bytes: Uint8Array, position: number | null): void {
  let written = 0;
  while (written < bytes.length) {
    const at = position === null ? null : position + written;
    try {
      written += writeSync(fd, bytes, written, bytes.length - written, at);
    } catch (error) {
      if (codeOf(error) !== "EAGAIN") throw error;
      sleep(1);
    }
  }
}

export function closeDescriptor(fd: number): void {
  closeSync(fd);
}
