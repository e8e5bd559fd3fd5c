/** Named pipes, which a program opens as files: one that it reads, and one that it writes. */

import { spawnSync } from "node:child_process";
import { constants, openSync, readSync } from "node:fs";
import { createServer, Socket } from "node:net";
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

/** Makes pipes at paths where nothing is. Throws DEBUG where the system makes none. */
export function makePipes(paths: readonly string[]): void {
  if (isWindows) return;
  const { error, status, stderr } = spawnSync("mkfifo", ["-m", "600", ...paths], { encoding: "utf8" });
  if (error !== undefined || status !== 0) throw noNamedPipes(error?.message ?? stderr.trim());
}

/** Opens a pipe that was made, for a program to read. */
export function openToWrite(path: string): WrittenPipe {
  if (isWindows) return serveToWrite(path);
  const socket = new Socket({ fd: openBoth(path), readable: false, writable: true });
  socket.on("error", () => {});
  return { write: (bytes) => socket.write(bytes), close: () => socket.destroySoon() };
}

/** Opens a pipe that was made, which a program writes. */
export function openToRead(path: string, onBytes: (bytes: Uint8Array) => void): ReadPipe {
  if (isWindows) return serveToRead(path, onBytes);
  const descriptor = openBoth(path);
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
function openBoth(path: string): number {
  return openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
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
function serveToWrite(path: string): WrittenPipe {
  const early: Uint8Array[] = [];
  let client: Socket | null = null;
  const server = createServer((socket) => {
    client = socket.on("error", () => {});
    for (const each of early) socket.write(each);
  }).listen(path);
  return {
    write: (bytes) => (client === null ? early.push(bytes) : client.write(bytes)),
    close: () => {
      client?.end();
      server.close();
    },
  };
}

function serveToRead(path: string, onBytes: (bytes: Uint8Array) => void): ReadPipe {
  const server = createServer((socket) => {
    socket.on("error", () => {}).on("data", onBytes);
  }).listen(path);
  return { close: () => server.close() };
}
