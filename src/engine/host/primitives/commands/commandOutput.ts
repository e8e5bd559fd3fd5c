import { closeSync, constants, openSync, readSync, unlinkSync } from "node:fs";
import type { Output } from "../../../../types.js";
import type { Sink } from "../../sink.js";
import { sizeOf } from "../streams/descriptor.js";
import { temporaryPath } from "../temporary.js";

/** What the commands of a program get as their standard output and error. */
export interface CommandOutput {
  readonly output: number;
  readonly error: number;
  /** Passes on what commands have written since the last time. */
  collect(): void;
  close(): void;
}

/** Commands write where this process does. */
export const inherited: CommandOutput = { output: 1, error: 2, collect: () => {}, close: () => {} };

/**
 * Commands write to files, which they can go on doing in the background: through a pipe, whoever starts a command
 * would have to wait for everybody who has its other end.
 */
export function capturedBy(sink: Sink): CommandOutput {
  const output = spool("stdout", sink);
  const error = spool("stderr", sink);
  const both = [output, error];
  return {
    get output() {
      return output.descriptor();
    },
    get error() {
      return error.descriptor();
    },
    collect: () => {
      for (const each of both) each.collect();
    },
    close: () => {
      for (const each of both) each.close();
    },
  };
}

/** A command may have written more than fits into memory. */
const pieceSize = 2 ** 20;

/** A file without a name, made when it is first needed. */
function spool(stream: Output["stream"], sink: Sink) {
  let fd: number | null = null;
  let position = 0;
  return {
    descriptor: () => {
      fd ??= openSpool();
      return fd;
    },
    collect: () => {
      if (fd === null) return;
      const size = sizeOf(fd);
      while (position < size) {
        const bytes = new Uint8Array(Math.min(size - position, pieceSize));
        const count = readSync(fd, bytes, 0, bytes.length, position);
        if (count === 0) return;
        position += count;
        sink.write(stream, bytes.subarray(0, count));
      }
    },
    close: () => {
      if (fd !== null) closeSync(fd);
      fd = null;
    },
  };
}

/** Appending, so that commands do not write over each other. */
function openSpool(): number {
  const path = temporaryPath();
  const { O_RDWR, O_CREAT, O_EXCL, O_APPEND } = constants;
  const fd = openSync(Buffer.from(path), O_RDWR | O_CREAT | O_EXCL | O_APPEND, 0o600);
  if (process.platform !== "win32") unlinkSync(Buffer.from(path));
  return fd;
}
