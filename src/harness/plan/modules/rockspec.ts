/** What the rockspec of a project says. */

import { readdirSync } from "node:fs";
import path from "node:path";
import type {
  RockspecFile,
  RockspecTable,
  RockspecValue,
} from "../../../engine/fengari/configuration/rockspecFile.js";
import { readContent } from "../../../files/files.js";
import { refusedFile } from "../../../files/refused.js";

/** How long a rockspec may run, in milliseconds. */
const limit = 2000;

export interface Rockspec {
  /** In the root of the project. */
  readonly name: string;
  readonly read: RockspecFile;
}

/** The one in the root of a project, of several the last by name, as versions are in it; null for none. */
export async function rockspecOf(root: string): Promise<Rockspec | null> {
  const name = namesIn(root)
    .filter((each) => each.endsWith(".rockspec"))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .at(-1);
  if (name === undefined) return null;
  const refused = refusedFile(path.join(root, name));
  if (refused !== null) return { name, read: { ok: false, reason: refused } };
  // Most projects have none, and a Lua state in this thread takes time to load.
  const { readRockspecFile } = await import("../../../engine/fengari/configuration/rockspecFile.js");
  return { name, read: readRockspecFile(contentOf(path.join(root, name)), limit) };
}

/** Why nothing of a rockspec counts, in a sentence; null where it can be read. */
export function problemOf({ name, read }: Rockspec): string | null {
  return read.ok ? null : `${name} cannot be read: ${read.reason}`;
}

/** By their modules, the files that it installs: Lua files, or sources in C. */
export function rockspecModules(fields: RockspecTable): Readonly<Record<string, string>> {
  const build = tableOf(fields.build);
  const installed = Object.entries(tableOf(tableOf(build.install).lua));
  const named = installed.filter(([module]) => !isPlace(module));
  return Object.fromEntries([...named, ...Object.entries(tableOf(build.modules))].flatMap(moduleOf));
}

/** A Lua file, one source in C, several, or a table with `sources`. */
function moduleOf([module, value]: [string, RockspecValue]): [string, string][] {
  const [file] =
    typeof value === "string" ? [value] : [...textsOf(value), ...textsOf(tableOf(value).sources)];
  return file === undefined ? [] : [[module, path.posix.normalize(file)]];
}

export const tableOf = (value: RockspecValue | undefined): RockspecTable =>
  typeof value === "object" && value !== null ? value : {};

/** Of a text itself, or of a list of texts. */
export function textsOf(value: RockspecValue | undefined): string[] {
  if (typeof value === "string") return [value];
  return Object.entries(tableOf(value)).flatMap(([key, each]) =>
    isPlace(key) && typeof each === "string" ? [each] : [],
  );
}

/** Of an item in a list. */
const isPlace = (key: string) => /^\d+$/.test(key);

/** A folder of that name is a rockspec that says nothing. */
function contentOf(file: string): Uint8Array {
  try {
    return readContent(file);
  } catch {
    return new Uint8Array();
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
