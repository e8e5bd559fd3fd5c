import { readdirSync } from "node:fs";
import path from "node:path";
import { isFolder } from "../files/files.js";
import { nycNames, ownNames } from "./read/places.js";

/** What a folder has that is a project of its own, whatever package.json lies above it. */
const marks: readonly string[] = [...ownNames, ...nycNames, ".busted", ".luacov", ".git"];
const testFolders = ["test", "tests", "spec"];

/**
 * Whether the package.json above a folder is another project's: on the way up to it there is a project of its own, and what
 * configures this run is not from beyond that. `rc` is the configuration file that counts.
 */
export function isOwnProject(start: string, manifest: string, rc: string | null): boolean {
  const own = foldersBelow(path.dirname(manifest), start).find((folder) =>
    isProject(folder, folder === start),
  );
  return own !== undefined && (rc === null || isWithin(own, rc));
}

/** From `start` upwards, `top` not included. */
function foldersBelow(top: string, start: string): string[] {
  return start === top || start === path.dirname(start)
    ? []
    : [start, ...foldersBelow(top, path.dirname(start))];
}

function isProject(folder: string, isStart: boolean): boolean {
  const names = namesIn(folder);
  if (names.some((name) => marks.includes(name) || name.endsWith(".rockspec"))) return true;
  return isStart && testFolders.some((name) => isFolder(path.join(folder, name)));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isWithin(folder: string, file: string): boolean {
  return path.dirname(file) === folder || path.dirname(file).startsWith(`${folder}${path.sep}`);
}
