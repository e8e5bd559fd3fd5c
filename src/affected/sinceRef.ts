import path from "node:path";
import { changedNames, findBase, textAt, untrackedFiles } from "../change/git.js";
import { realPath } from "../files/files.js";

/** What git says is another file in the working tree than at a commit. */
export interface SinceRef {
  readonly ref: string;
  /** By absolute path: what it held then; null for what was not there, or is in no commit. */
  readonly files: ReadonlyMap<string, Uint8Array | null>;
}

/** Throws GIT. */
export function changesSince(root: string, ref: string): SinceRef {
  const base = findBase(root, ref, "--changed");
  const names = changedNames(base);
  const files = new Map<string, Uint8Array | null>();
  const placeOf = (name: string) => path.join(realPath(base.top), name);
  for (const name of untrackedFiles(base)) files.set(placeOf(name), null);
  for (const name of names) files.set(placeOf(name), textAt(base, name));
  return { ref, files };
}
