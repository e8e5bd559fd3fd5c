import { constants, lstatSync } from "node:fs";
import { isTerminal } from "./builtins.js";
import type { Status } from "./commands/launcher.js";
import type { WorkingDirectory } from "./directory.js";
import type { filePrimitives } from "./files.js";
import { fileStream, type Streams } from "./streams/streams.js";
import { openNameless } from "./temporary.js";

/**
 * Files as the system has them, without C's buffers: for an engine that brings a C library of its own. Files are known by
 * the numbers of their streams; what the system refuses is thrown.
 */
export interface SystemCalls {
  /** `flags` as in Linux' open(2). */
  open(path: Uint8Array, flags: number): number;
  /** What there is, at least a byte; none at the end. */
  read(id: number, count: number): Uint8Array;
  write(id: number, bytes: Uint8Array): void;
  seek(id: number, whence: "set" | "cur" | "end", offset: number): number;
  /** Has `as` stand for the file that `id` stands for. */
  duplicate(id: number, as: number): void;
  close(id: number): void;
  /** A file without a name, which ends when it is closed. */
  openTemporary(): number;
  /** Makes a file of a name that nobody has. */
  temporaryName(): Uint8Array;
  unlink(path: Uint8Array): void;
  rmdir(path: Uint8Array): void;
  rename(from: Uint8Array, to: Uint8Array): void;
  /** Throws where there is nothing. */
  lstat(path: Uint8Array): void;
  isTerminal(id: number): boolean;
  /** Runs a command to its end. */
  run(command: Uint8Array): Status;
  /** A stream from a command ("r") or to one ("w"). */
  openPipe(command: Uint8Array, direction: "r" | "w"): number;
  /** Closes such a stream and waits for its command; null when nobody knows how it ended. */
  closePipe(id: number): Status | null;
}

type NamedFiles = Pick<ReturnType<typeof filePrimitives>, "unlink" | "rmdir" | "rename" | "temporaryName">;

export interface SystemCallOptions {
  readonly streams: Streams;
  readonly directory: WorkingDirectory;
  readonly files: NamedFiles;
  readonly shell: Pick<SystemCalls, "run" | "openPipe">;
  open(path: Uint8Array, flags: number): number;
}

export function systemCalls({ streams, directory, files, shell, open }: SystemCallOptions): SystemCalls {
  const add = (fd: number, flags: number) => {
    const stream = fileStream(fd, flags, streams.pause);
    stream.setBuffering("no");
    return streams.add(stream);
  };
  return {
    run: shell.run,
    openPipe: (command, direction) => {
      const id = shell.openPipe(command, direction);
      streams.get(id).setBuffering("no");
      return id;
    },
    closePipe: (id) => streams.closePipe(id),
    open: (path, flags) => add(open(path, flags), flags),
    openTemporary: () => add(openNameless(), constants.O_RDWR),
    temporaryName: () => files.temporaryName(),
    read: (id, count) => streams.get(id).readSome(count),
    write: (id, bytes) => streams.get(id).write(bytes),
    seek: (id, whence, offset) => streams.get(id).seek(whence, offset),
    duplicate: (id, as) => streams.duplicate(id, as),
    close: (id) => streams.close(id),
    unlink: (path) => files.unlink(path),
    rmdir: (path) => files.rmdir(path),
    rename: (from, to) => files.rename(from, to),
    lstat: (path) => lstatSync(directory.resolve(path)),
    isTerminal: (id) => {
      const stream = streams.get(id);
      return stream.hasDescriptor && isTerminal(stream.fd);
    },
  };
}
