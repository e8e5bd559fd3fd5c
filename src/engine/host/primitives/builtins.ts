/** Modules of Node's that most programs do without: a thread is there the sooner for each that it does not load. */

import { fstatSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export function childProcess(): typeof import("node:child_process") {
  return require("node:child_process");
}

export function crypto(): typeof import("node:crypto") {
  return require("node:crypto");
}

/** Whether somebody may sit at the other end of a descriptor. */
export function isTerminal(fd: number): boolean {
  return mayBeTerminal(fd) && tty().isatty(fd);
}

function tty(): typeof import("node:tty") {
  return require("node:tty");
}

function mayBeTerminal(fd: number): boolean {
  try {
    return process.platform === "win32" || fstatSync(fd).isCharacterDevice();
  } catch {
    return false;
  }
}
