import path from "node:path";
import { realPath } from "../../../files/files.js";

/** Files below a root that a program looks for to run them. */
export interface LookedFor {
  add(file: string): void;
  /** Those that did not run, since they were absent or no Lua; `ran` are the real paths of those that did. */
  without(ran: ReadonlySet<string>): string[];
}

export function createLookedFor(root: string): LookedFor {
  const files = new Set<string>();
  return {
    add: (file) => {
      if (file.startsWith(`${root}${path.sep}`)) files.add(file);
    },
    without: (ran) => [...files].filter((file) => !ran.has(file) && !ran.has(realOrGiven(file))),
  };
}

/** Where a path leads; where that is nowhere, the path. */
export function realOrGiven(file: string): string {
  try {
    return realPath(file);
  } catch {
    return file;
  }
}
