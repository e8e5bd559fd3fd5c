import { linkSync, mkdirSync, renameSync, rmdirSync, unlinkSync } from "node:fs";
import { untilZero } from "../primitives/directory.js";
import { SystemError } from "../primitives/failure.js";
import { done, folderMode, removeAt, symlinkAt } from "../primitives/files.js";
import type { Grounds } from "./grounds.js";
import type { OwnLinks } from "./ownLinks.js";
import { otherNames, packages } from "./refusal.js";
import type { Walk } from "./walk.js";

const SLASH = 0x2f;

/** Lets an action go through a path as a program gives it. */
export type Walking = <Result>(path: Uint8Array, action: (walk: Walk) => Result) => Result;

/** Gives the last name of a path, in a folder that is held, to an action: a link itself, not what it leads to. */
type OnEntry = <Result>(
  path: Uint8Array,
  action: (entry: Buffer, walk: Walk, name: string) => Result,
) => Result;

/** What a program does to names in the folders of the project. Its files may have other names outside. */
export function entryPrimitives(walk: Walking, grounds: Grounds, links: OwnLinks) {
  const on: OnEntry = (path, action) => onEntry(walk, path, action);
  return {
    remove: (path: Uint8Array) => on(path, (entry) => done(() => removeAt(entry))),
    unlink: (path: Uint8Array) => on(path, (entry) => done(() => unlinkSync(entry))),
    mkdir: (path: Uint8Array) => on(path, (entry) => done(() => mkdirSync(entry, folderMode))),
    rmdir: (path: Uint8Array) => on(path, (entry) => done(() => rmdirSync(entry))),
    rename: (from: Uint8Array, to: Uint8Array) =>
      on(from, (source, sourceWalk, name) => {
        requireMovable(sourceWalk, name, grounds, from);
        return on(to, (target) => done(() => renameSync(source, target)));
      }),
    symlink: (target: Uint8Array, path: Uint8Array) =>
      on(path, (entry) => done(() => symlinkAt(target, entry))),
    link: (from: Uint8Array, to: Uint8Array) =>
      on(from, (source, sourceWalk, name) => {
        const found = sourceWalk.find(name);
        if (found === null) throw new SystemError("ENOENT");
        try {
          if (links.hasOthers(found.stats)) throw otherNames(from);
          on(to, (target) => linkSync(source, target));
          links.add(found.stats);
          return true;
        } finally {
          found.release();
        }
      }),
  };
}

function onEntry<Result>(
  walk: Walking,
  given: Uint8Array,
  action: (entry: Buffer, walk: Walk, name: string) => Result,
): Result {
  const path = withoutSlashes(untilZero(given));
  return walk(path, (each) => {
    const name = each.toLast();
    if (!each.isInside || (each.isAtRoot && name === "..")) throw each.refusal(given);
    if (path.length < untilZero(given).length) requireFolder(each, name);
    return action(each.at(name), each, name);
  });
}

/** What leads to our own packages would else be replaced by what a program makes in its place. */
function requireMovable(walk: Walk, name: string, grounds: Grounds, given: Uint8Array): void {
  const found = walk.find(name);
  found?.release();
  if (found !== null && grounds.isFixed(found)) throw packages(given);
}

/** A slash at the end asks for a folder; the kernel would follow a link for it. */
function requireFolder(walk: Walk, name: string): void {
  const found = walk.find(name);
  found?.release();
  if (found !== null && !found.stats.isDirectory()) throw new SystemError("ENOTDIR");
}

function withoutSlashes(path: Uint8Array): Uint8Array {
  let end = path.length;
  while (end > 1 && path[end - 1] === SLASH) end--;
  return path.subarray(0, end);
}
