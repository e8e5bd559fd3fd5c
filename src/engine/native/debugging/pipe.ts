/** Named pipes, which a program opens as files: one that it reads, and one that it writes. */

import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, constants, openSync, readSync, writeSync } from "node:fs";
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

export interface Pipes {
  /** New ones each time. Throws DEBUG where the system makes none. */
  next(): Promise<PipePair>;
}

/**
 * Makes pipes in a folder, so many pairs at once and the first ones before anybody asks for them: the program that makes them takes long to
 * start.
 */
export function createPipes(folder: string, atOnce: number): Pipes {
  const made: PipePair[] = [];
  let count = 0;
  const newPair = (): PipePair => {
    const name = isWindows ? windowsName() : path.join(folder, String(count++));
    return [`${name}-requests`, `${name}-replies`];
  };
  const make = async () => {
    const pairs = Array.from({ length: atOnce }, newPair);
    await makePipes(pairs.flat());
    made.push(...pairs);
  };
  const first = make();
  // Who asks for them is told.
  first.catch(() => {});
  return {
    next: async () => {
      await first;
      if (made.length === 0) await make();
      return made.shift() ?? newPair();
    },
  };
}

function windowsName(): string {
  return `\\\\.\\pipe\\luacov-ts-${randomBytes(16).toString("hex")}`;
}

/** Makes pipes at paths where nothing is. Throws DEBUG where the system makes none. */
async function makePipes(paths: readonly string[]): Promise<void> {
  if (isWindows) return;
  await new Promise<void>((resolve, reject) => {
    execFile("mkfifo", ["-m", "600", ...paths], (error, _, stderr) => {
      if (error === null) resolve();
      else reject(noNamedPipes(stderr.trim() || error.message));
    });
  });
}

/** Opens a pipe that was made, for a program to read. */
export function openToWrite(pipe: string): WrittenPipe {
  if (isWindows) return serveToWrite(pipe);
  const descriptor = openBoth(pipe);
  const waiting: Uint8Array[] = [];
  let socket: Socket | null = null;
  let isClosed = false;
  const writeAll = () => {
    if (isClosed || waiting.length === 0) return;
    const bytes = Buffer.concat(waiting.splice(0));
    // As a rule it takes them at once, and nothing has to wait for it.
    const rest = socket === null ? bytes.subarray(writtenAtOnce(descriptor, bytes)) : bytes;
    if (rest.length === 0) return;
    socket ??= new Socket({ fd: descriptor, readable: false, writable: true }).on("error", () => {});
    socket.write(rest);
  };
  return {
    write: (bytes) => {
      // What is said in one go, the program finds in one.
      if (waiting.push(bytes) === 1) process.nextTick(writeAll);
    },
    close: () => {
      writeAll();
      if (socket !== null) socket.destroySoon();
      else if (!isClosed) closeSync(descriptor);
      isClosed = true;
    },
  };
}

/** How many bytes a pipe takes before it is full. */
function writtenAtOnce(descriptor: number, bytes: Uint8Array): number {
  try {
    return writeSync(descriptor, bytes);
  } catch {
    return 0;
  }
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
  const piece = Buffer.allocUnsafe(2 ** 16);
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
