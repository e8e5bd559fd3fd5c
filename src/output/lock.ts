import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isOver, temporaryName } from "./leftovers.js";
import { markPattern, newMark } from "./owner.js";

/** How long to wait for others, who need milliseconds, before going on without them. */
const longestWait = 5000;

/** How long somebody on another machine may have a lock, in milliseconds. */
const patience = 60_000;

const pause = 5;

/**
 * Does something with a file that no other process does at the same time with it. The lock is a folder with the mark
 * of its owner in it: it is taken by a rename, which fails while there is something in a folder of that name. What an
 * owner that was killed has left can be removed without a look at the clock, since no other mark has its name.
 */
export function withLock<Value>(file: string, action: () => Value): Value {
  const lock = path.join(path.dirname(file), `.${path.basename(file)}.luacov-ts-lock`);
  const release = take(lock, newMark());
  try {
    return action();
  } finally {
    release();
  }
}

function take(lock: string, mark: string): () => void {
  const own = path.join(path.dirname(lock), temporaryName());
  mkdirSync(own);
  writeFileSync(path.join(own, mark), "");
  const end = performance.now() + longestWait;
  while (!isTaken(own, lock)) {
    if (performance.now() > end) {
      rmSync(own, { recursive: true, force: true });
      return () => {};
    }
    removeDead(lock);
    sleep(pause);
  }
  return () => {
    rmSync(path.join(lock, mark), { force: true });
    removeEmpty(lock);
  };
}

function isTaken(own: string, lock: string): boolean {
  try {
    renameSync(own, lock);
    return true;
  } catch {
    return false;
  }
}

function removeDead(lock: string): void {
  for (const name of namesOf(lock)) {
    const file = path.join(lock, name);
    if (new RegExp(`^${markPattern}$`).test(name) && isOver(file, name, patience))
      rmSync(file, { force: true });
  }
  // Not every system renames onto an empty folder.
  removeEmpty(lock);
}

function namesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Fails when somebody else has taken it in the meantime. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {}
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
