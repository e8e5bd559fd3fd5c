/** Named pipes, which a program opens as files: one that it reads, and one that it writes. */

import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { constants, openSync, readSync } from "node:fs";
import { createServer, Socket } from "node:net";
import path from "node:path";
import { noNamedPipes } from "../../../errors/debug.js";

export interface WrittenPipe {
  write(bytes: Uint8Array): void;
  /** The program finds its end, behind all that was written. */
  close(): void;
}

export interface ReadPipe {
  /** Hands on what is in it, and closes it. */
  close(): void;
}

const isWindows = process.platform === "win32";

/** Two pipes where nobody has come yet: what a program reads, and what it writes. */
export type PipePair = readonly [requests: string, replies: string];

/** Gives pipes in a folder, new ones each time: many are made at once, as the program that makes them takes long to start. */
export function createPipes(folder: string, atOnce: number): { next(): PipePair } {
  const made: PipePair[] = [];
  let count = 0;
  const newPair = (): PipePair => {
    const name = isWindows ? windowsName() : path.join(folder, String(count++));
    return [`${name}-requests`, `${name}-replies`];
  };
  return {
    next: () => {
      if (made.length === 0) {
        made.push(...Array.from({ length: atOnce }, newPair).reverse());
        makePipes(made.flat());
      }
      return made.pop() ?? newPair();
    },
  };
}

function windowsName(): string {
  return `\\\\.\\pipe\\luacov-ts-${randomBytes(16).toString("hex")}`;
}

/** Makes pipes at paths where nothing is. Throws DEBUG where the system makes none. */
function makePipes(paths: readonly string[]): void {
  if (isWindows) return;
  const { error, status, stderr } = spawnSync("mkfifo", ["-m", "600", ...paths], { encoding: "utf8" });
  if (error !== undefined || status !== 0) throw noNamedPipes(error?.message ?? stderr.trim());
}

/** Opens a pipe that was made, for a program to read. */
export function openToWrite(pipe: string): WrittenPipe {
  if (isWindows) return serveToWrite(pipe);
  const socket = new Socket({ fd: openBoth(pipe), readable: false, writable: true });
  socket.on("error", () => {});
  return { write: (bytes) => socket.write(bytes), close: () => socket.destroySoon() };
}

/** Opens a pipe that was made, which a program writes. */
export function openToRead(pipe: string, onBytes: (bytes: Uint8Array) => void): ReadPipe {
  if (isWindows) return serveToRead(pipe, onBytes);
  const descriptor = openBoth(pipe);
  const socket = new Socket({ fd: descriptor, readable: true, writable: false });
  socket.on("error", () => {});
  socket.on("data", onBytes);
  return {
    close: () => {
      drain(descriptor, onBytes);
      socket.destroy();
    },
  };
}

/** Who has both ends waits for nobody, and finds no end of it while programs come and go. */
function openBoth(pipe: string): number {
  return openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
}

function drain(descriptor: number, onBytes: (bytes: Uint8Array) => void): void {
  const piece = Buffer.alloc(2 ** 16);
  try {
    for (;;) onBytes(Uint8Array.from(piece.subarray(0, readSync(descriptor, piece))));
  } catch {
    // That nothing is left is an error, as the pipe waits for nobody.
  }
}

/** On Windows a pipe is a server. */
function serveToWrite(pipe: string): WrittenPipe {
  const early: Uint8Array[] = [];
  let client: Socket | null = null;
  const server = createServer((socket) => {
    client = socket.on("error", () => {});
    for (const each of early) socket.write(each);
  }).listen(pipe);
  return {
    write: (bytes) => (client === null ? early.push(bytes) : client.write(bytes)),
    close: () => {
      client?.end();
      server.close();
    },
  };
}

function serveToRead(pipe: string, onBytes: (bytes: Uint8Array) => void): ReadPipe {
  const server = createServer((socket) => {
    socket.on("error", () => {}).on("data", onBytes);
  }).listen(pipe);
  return { close: () => server.close() };
}
