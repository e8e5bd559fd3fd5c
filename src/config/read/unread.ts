/** Files that are called like a configuration of ours, and that nobody reads. */

import { lstatSync } from "node:fs";
import path from "node:path";
import { unreadableConfig } from "../../errors.js";
import { isFile, missing, statsOf } from "../../files/files.js";
import type { Notice } from "../../types.js";

const stem = "luacov-ts.config.";

/** Kinds of configuration that other tools read; what else has such a name may be a copy that somebody has put aside. */
const otherKinds = ["toml", "json5", "lua", "ini", "hjson", "xml", "cfg", "conf"];

/**
 * The first of some names of configuration files in a folder; null for none. Throws CONFIG for a name that something else
 * has than a file, such as a link to nothing.
 */
export function configurationIn(folder: string, names: readonly string[]): string | null {
  const file = names.map((name) => path.join(folder, name)).find(isThere) ?? null;
  if (file === null || isFile(file)) return file;
  throw unreadableConfig(file, statsOf(file) === null ? "it is a link to nothing" : missing(file));
}

/** Throws CONFIG where the only configuration of ours in a folder is of a kind that is not read; `names` are those that are. */
export function refuseOtherKinds(folder: string, names: readonly string[]): void {
  const [file] = ofOtherKinds(folder);
  if (file === undefined) return;
  const kinds = names.map((name) => path.extname(name).slice(1)).join(", ");
  throw unreadableConfig(file, `${path.extname(file)} is not read; write it as one of ${kinds}`);
}

/** What is to be said of files beside the configuration that counts; `names` are those that are read. */
export function ignoredBeside(file: string, names: readonly string[]): readonly Notice[] {
  const folder = path.dirname(file);
  const others = names.map((name) => path.join(folder, name)).filter(isThere);
  const ignored = [...others, ...ofOtherKinds(folder)].filter((each) => each !== file);
  return ignored.map((each) => {
    const message = `${each} is not read, as ${path.basename(file)} beside it is; remove one of the two`;
    return { level: "warning", file: each, message };
  });
}

function ofOtherKinds(folder: string): string[] {
  return otherKinds.map((kind) => path.join(folder, `${stem}${kind}`)).filter(isThere);
}

/** Also a link to nothing. Most of these are nowhere, which is told without an exception. */
function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
