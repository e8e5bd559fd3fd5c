/** Why tests would not run, in words. */

import type { LuaVersion } from "../source/dialect.js";
import { newestFirst } from "../source/dialect.js";
import type { Reached } from "./follow/reach.js";
import type { Project } from "./project.js";
import type { Texts } from "./read/files.js";
import { hasNeeded, type ProjectLua } from "./read/luas.js";

/** A test file, below the root, and what it loads. */
export interface Followed {
  readonly test: string;
  readonly reached: Reached;
}

type Shown = (file: string) => string;

/** What reasons are told by. */
interface Telling {
  readonly lua: ProjectLua;
  readonly texts: Texts;
  /** The file of the project that a module is; null for none. */
  readonly placeOf: (module: string) => string | null;
  readonly shown: Shown;
}

/** By reason, the first one of each test: with the path as it is, or by what it needs where that has all modules. */
export function blockedOf(
  asIs: readonly Followed[],
  followed: readonly Followed[],
  telling: Telling,
): Project["blocked"] {
  const reasons = new Map<string, string[]>();
  for (const { test, reached } of followed) {
    const now = asIs.find((each) => each.test === test)?.reached ?? reached;
    const reason = reasonOf({ ...reached, missing: now.missing }, test, telling);
    if (reason !== null) reasons.set(reason, [...(reasons.get(reason) ?? []), test]);
  }
  return [...reasons].map(([reason, tests]) => ({ reason, tests }));
}

function reasonOf(
  { needed, missing, files }: Reached,
  test: string,
  { lua, texts, placeOf, shown }: Telling,
): string | null {
  const need = needed.find(
    (each) => !hasNeeded(each.need, lua) && (each.isCertain || each.need.luas.length > 0),
  );
  if (need !== undefined) return `${needText(need, shown)}, which ${luaText(lua)} does not have`;
  const [module] = missing;
  if (module !== undefined) {
    const place = placeOf(module.module);
    const who = shown(module.file) === test ? "" : `${shown(module.file)} `;
    return `${who}requires ${module.module}, which ${place === null ? "is not found" : `is ${place}`}`;
  }
  const unread = files.find((file) => !texts.isReadBy(file, lua.version));
  if (unread === undefined) return null;
  const other = newestFirst.find((version) => texts.isReadBy(unread, version));
  const what = `${luaText(lua)} does not read ${shown(unread)}`;
  return other === undefined ? `${what}, nor does any Lua` : `${what}, ${versionText(other)} does`;
}

export const versionText = (version: LuaVersion) => (version === "LuaJIT" ? version : `Lua ${version}`);

/** `Neovim (vim in lua/greet/init.lua)`. */
export function needText({ need, name, file }: Reached["needed"][number], shown: Shown): string {
  return `needs ${need.what} (${name} in ${shown(file)})`;
}

export function luaText({ name, kind }: ProjectLua): string {
  return kind === "wasm" ? `the embedded Lua ${name}` : name;
}
