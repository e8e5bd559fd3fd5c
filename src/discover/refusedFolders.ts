/** Folders in which tests may be, and that nobody lets us look into. */

import path from "node:path";
import { isFolder } from "../files/files.js";
import { refusedFolder } from "../files/refused.js";
import { fixedSteps, isGlob, withoutSign } from "./globs.js";
import { type WalkOptions, walk } from "./walk.js";

/** A folder, absolute, and why it cannot be seen what is in it. */
export interface RefusedFolder {
  readonly folder: string;
  readonly reason: string;
}

/** Of a folder and those below. */
export function refusedFolders(folder: string, enters: WalkOptions["enters"]): RefusedFolder[] {
  const below: string[] = [];
  const noting = (each: string) => {
    const isEntered = enters(each);
    if (isEntered) below.push(each);
    return isEntered;
  };
  walk(folder, { enters: noting, followsLinks: false });
  return [folder, ...below.map((each) => path.join(folder, each))].flatMap(asRefused);
}

/** The one that keeps a file, a folder or a glob from being found; null for none. */
export function refusedFor(
  pattern: string,
  cwd: string,
  enters: WalkOptions["enters"],
): RefusedFolder | null {
  const plain = withoutSign(pattern);
  const place = path.resolve(cwd, isGlob(plain) ? fixedSteps(plain).join("/") : plain);
  const nearest = nearestFolder(place);
  const found = nearest === place ? refusedFolders(place, enters) : asRefused(nearest);
  return found[0] ?? null;
}

function asRefused(folder: string): RefusedFolder[] {
  const reason = refusedFolder(folder);
  return reason === null ? [] : [{ folder, reason }];
}

function nearestFolder(place: string): string {
  const parent = path.dirname(place);
  return isFolder(place) || parent === place ? place : nearestFolder(parent);
}
