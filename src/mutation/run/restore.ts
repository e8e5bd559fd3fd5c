import { type BigIntStats, lstatSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { listFolder } from "../../files/files.js";
import { decodeName, pathOf } from "../../files/names.js";
import { copyLink, copyOne } from "./copy.js";

/** A copy of a project that can be put back to what it was, whatever programs have done in it. */
export interface Restorable {
  restore(): void;
}

/** What tells whether something has changed, by its path from the root on; a folder's own is whether it is one. */
type State = ReadonlyMap<string, string>;

/** `original` has what the copy has now, and nobody changes it. */
export function createRestorable(copy: string, original: string): Restorable {
  let known = stateOf(copy);
  return {
    restore: () => {
      const now = stateOf(copy);
      const added = [...now.keys()].filter((name) => !known.has(name));
      const others = [...known].filter(([name, state]) => now.get(name) !== state);
      if (added.length === 0 && others.length === 0) return;
      for (const name of added) rmSync(pathOf(path.join(copy, name)), { recursive: true, force: true });
      // Folders come before what is in them.
      for (const [name, state] of others) putBack(copy, original, name, state);
      known = stateOf(copy);
    },
  };
}

function putBack(copy: string, original: string, name: string, state: string): void {
  const [file, target] = [path.join(original, name), path.join(copy, name)];
  rmSync(pathOf(target), { recursive: true, force: true });
  if (state === "link") copyLink(file, target, original, copy);
  else if (state === "folder") mkdirSync(pathOf(target), { recursive: true });
  else copyOne(file, target);
}

function stateOf(root: string): State {
  const found = new Map<string, string>();
  const visit = (folder: string) => {
    for (const entry of listFolder(path.join(root, folder))) {
      const name = path.join(folder, decodeName(entry.name));
      if (entry.isDirectory()) {
        found.set(name, "folder");
        visit(name);
      } else if (entry.isSymbolicLink()) found.set(name, "link");
      else found.set(name, fileState(lstatSync(pathOf(path.join(root, name)), { bigint: true })));
    }
  };
  visit("");
  return found;
}

/** A program can set the time of a file back, not that of its last change. */
function fileState({ ino, size, mode, ctimeNs }: BigIntStats): string {
  return `${ino} ${size} ${mode} ${ctimeNs}`;
}
