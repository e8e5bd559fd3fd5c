import { type BigIntStats, closeSync, constants, fstatSync, ftruncateSync } from "node:fs";
import { codeOf, SystemError } from "../primitives/failure.js";
import type { Grounds } from "./grounds.js";
import { type Held, isSame } from "./hold.js";
import type { OwnLinks } from "./ownLinks.js";
import { device, otherNames } from "./refusal.js";
import type { Walk } from "./walk.js";

const { O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC } = constants;

/** How often a file may appear or vanish between a look and the opening. */
const mostTries = 100;

/** Opens a file as the system does, and returns the descriptor. */
export type Open = (path: Buffer, flags: number) => number;

/** What a path leads to, and what is known of its names. */
export interface Target {
  readonly walk: Walk;
  readonly links: OwnLinks;
  /** The path as the program gives it. */
  readonly given: Uint8Array;
}

export function isWriting(flags: number): boolean {
  return (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) !== 0;
}

/** Opens for writing what a path leads to, and returns the descriptor. */
export function openAtEnd(target: Target, flags: number, open: Open): number {
  const { walk, given } = target;
  const { name, found } = walk.toEnd();
  try {
    if (found !== null) return openFound(target, found, flags, open);
    if (!walk.isInside) throw walk.refusal(given);
    if ((flags & O_CREAT) === 0) throw new SystemError("ENOENT");
    return open(walk.at(name), flags | O_EXCL);
  } finally {
    found?.release();
  }
}

/** Sets the times of what a path leads to, in seconds. */
export function touchAtEnd(
  { walk, links, given }: Target,
  grounds: Grounds,
  times: readonly [access: number, modification: number],
): true {
  const { found } = walk.toEnd();
  if (found === null) throw walk.isInside ? new SystemError("ENOENT") : walk.refusal(given);
  try {
    if (!walk.isInside && !grounds.isRoot(found)) throw walk.refusal(given);
    if (links.hasOthers(found.stats)) throw otherNames(given);
    found.utimes(...times);
    return true;
  } finally {
    found.release();
  }
}

/** Again, when another program has made or removed the file in the meantime. */
export function retried<Result>(action: () => Result): Result {
  for (let tries = 1; ; tries++) {
    try {
      return action();
    } catch (error) {
      const code = codeOf(error);
      if ((code !== "EEXIST" && code !== "ESTALE") || tries >= mostTries) throw error;
    }
  }
}

function openFound(target: Target, found: Held, flags: number, open: Open): number {
  check(target, found.stats);
  const fd = open(found.path, (flags & ~(O_CREAT | O_EXCL | O_TRUNC)) | found.flags);
  try {
    const stats = fstatSync(fd, { bigint: true });
    if (!isSame(stats, found.stats)) throw new SystemError("ESTALE");
    check(target, stats);
    // Not before everything is known of what was opened.
    if ((flags & O_TRUNC) !== 0 && stats.isFile()) ftruncateSync(fd);
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function check({ walk, links, given }: Target, stats: BigIntStats): void {
  if (isHarmlessDevice(stats)) return;
  if (!walk.isInside) throw walk.refusal(given);
  if (stats.isDirectory()) throw new SystemError("EISDIR");
  if (stats.isCharacterDevice() || stats.isBlockDevice()) throw device(given);
  if (links.hasOthers(stats)) throw otherNames(given);
}

/** Linux's numbers of /dev/null, /dev/zero and /dev/full, which keep nothing of what is written to them. */
const harmless: readonly bigint[] = [0x103n, 0x105n, 0x107n];

function isHarmlessDevice(stats: BigIntStats): boolean {
  return process.platform === "linux" && stats.isCharacterDevice() && harmless.includes(stats.rdev);
}
