import { fstatSync } from "node:fs";
import { isTerminal } from "../builtins.js";
import { openPipe } from "../commands/pipe.js";
import type { Shell } from "../commands/shell.js";
import { bytesOf } from "../value.js";
import { closeDescriptor, readSome, withoutBlocking } from "./descriptor.js";

/** By descriptor of this process, which all programs of this thread share. */
const twins = new Map<number, number | null>();

function twinOf(fd: number, mode: "r" | "w"): number | null {
  const known = twins.get(fd);
  if (known !== undefined) return known;
  const twin = withoutBlocking(fd, mode);
  twins.set(fd, twin);
  return twin;
}

/** The descriptor to read or write in place of a standard one: the same pipe or terminal, which does not block. */
export function standardTwin(fd: number, mode: "r" | "w"): () => number {
  return () => twinOf(fd, mode) ?? fd;
}

/** As much as C reads of a pipe at first: what comes behind it may be for a command. */
const firstSize = 4096;
const largestSize = 2 ** 20;

/**
 * Reads standard input where it cannot be opened a second time, as a socket cannot: by a command, which can be ended.
 * What the function returns gives null where reading the descriptor does as well.
 */
export function inputSource(fd: number, shell: Shell): () => Uint8Array | null {
  let size = firstSize;
  return () => {
    if (!shell.canBeEnded || !mayBlock(fd) || twinOf(fd, "r") !== null) return null;
    const bytes = readByCommand(`exec dd bs=${size} count=1 2>/dev/null`, shell);
    if (bytes?.length === size) size = Math.min(2 * size, largestSize);
    return bytes;
  };
}

function mayBlock(fd: number): boolean {
  try {
    const stats = fstatSync(fd);
    return stats.isFIFO() || stats.isSocket() || isTerminal(fd);
  } catch {
    return false;
  }
}

function readByCommand(command: string, shell: Shell): Uint8Array | null {
  const pipe = openPipe(bytesOf(command), "r", shell);
  if (pipe === null) return null;
  const parts: Uint8Array[] = [];
  try {
    for (;;) {
      const part = new Uint8Array(65536);
      const count = readSome(pipe.fd, part, null, shell.pause);
      if (count === 0) break;
      parts.push(part.subarray(0, count));
    }
  } finally {
    closeDescriptor(pipe.fd);
  }
  pipe.wait();
  return new Uint8Array(Buffer.concat(parts));
}
