import { type BigIntStats, closeSync, constants, fstatSync, ftruncateSync } from "node:fs";
import { openDescriptor } from "../primitives/descriptor.js";
import { codeOf, SystemError } from "../primitives/failure.js";
import { type Held, isSame } from "./hold.js";
import type { OwnLinks } from "./ownLinks.js";
import { device, otherNames, outside } from "./refusal.js";
import type { Walk } from "./walk.js";

const { O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC } = constants;

/** How often a file may appear or vanish between a look and the opening. */
const mostTries = 100;

export function isWriting(flags: number): boolean {
  return (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) !== 0;
}

/** Opens for writing what a path, `given` by the program, leads to, and returns the descriptor. */
export function openAtEnd(walk: Walk, flags: number, links: OwnLinks, given: Uint8Array): number {
  const { name, found } = walk.toEnd();
  if (found !== null) {
    try {
      return openFound(walk, found, flags, links, given);
    } finally {
      found.release();
    }
  }
  if (!walk.isInside) throw outside(given);
  if ((flags & O_CREAT) === 0) throw new SystemError("ENOENT");
  return openDescriptor(walk.at(name), flags | O_EXCL);
}

/** Sets the times of what a path leads to, in seconds. */
export function touchAtEnd(
  walk: Walk,
  times: readonly [access: number, modification: number],
  links: OwnLinks,
  given: Uint8Array,
): true {
  const { found } = walk.toEnd();
  if (found === null) throw walk.isInside ? new SystemError("ENOENT") : outside(given);
  try {
    if (!walk.isInside && !walk.isRoot(found)) throw outside(given);
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

function openFound(walk: Walk, found: Held, flags: number, links: OwnLinks, given: Uint8Array): number {
  const { stats } = found;
  if (!isHarmlessDevice(stats)) check(walk, stats, links, given);
  const fd = found.open(flags & ~(O_CREAT | O_EXCL | O_TRUNC));
  try {
    const now = fstatSync(fd, { bigint: true });
    if (!isSame(now, stats)) throw new SystemError("ESTALE");
    if (links.hasOthers(now) && !isHarmlessDevice(now)) throw otherNames(given);
    // Not before everything is known of what was opened.
    if ((flags & O_TRUNC) !== 0 && now.isFile()) ftruncateSync(fd);
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function check(walk: Walk, stats: BigIntStats, links: OwnLinks, given: Uint8Array): void {
  if (!walk.isInside) throw outside(given);
  if (stats.isDirectory()) throw new SystemError("EISDIR");
  if (stats.isCharacterDevice() || stats.isBlockDevice()) throw device(given);
  if (links.hasOthers(stats)) throw otherNames(given);
}

/** Linux's numbers of /dev/null, /dev/zero and /dev/full, which keep nothing of what is written to them. */
const harmless: readonly bigint[] = [0x103n, 0x105n, 0x107n];

function isHarmlessDevice(stats: BigIntStats): boolean {
  return process.platform === "linux" && stats.isCharacterDevice() && harmless.includes(stats.rdev);
}
