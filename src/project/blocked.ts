/** Why tests would not run, in words. */

import { refusedFile } from "../files/refused.js";
import type { LuaVersion } from "../source/dialect.js";
import { newestFirst } from "../source/dialect.js";
import type { Needed, Reached } from "./follow/reach.js";
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

/** Why a test would not run, or may not. */
interface Reason {
  /** What tests have in common that are kept from running by the same. */
  readonly kind: string;
  readonly text: string;
  /** What is said where several tests have the same reason in different words. */
  readonly common: string;
  readonly isCertain: boolean;
}

/** By reason, the first one of each test: with the path as it is, or by what it needs where that has all modules. */
export function blockedOf(
  asIs: readonly Followed[],
  followed: readonly Followed[],
  telling: Telling,
): Project["blocked"] {
  const found = followed.flatMap(({ test, reached }) => {
    const now = asIs.find((each) => each.test === test)?.reached ?? reached;
    const reason = reasonOf({ ...reached, missing: now.missing }, test, telling);
    return reason === null ? [] : [{ test, reason }];
  });
  const kinds = [...new Set(found.map(({ reason }) => reason.kind))];
  return kinds.flatMap((kind) => {
    const those = found.filter(({ reason }) => reason.kind === kind);
    const [first] = those;
    if (first === undefined) return [];
    const { text, common, isCertain } = first.reason;
    const isSame = those.every(({ reason }) => reason.text === text);
    return [{ tests: those.map(({ test }) => test), reason: isSame ? text : common, isCertain }];
  });
}

function reasonOf(reached: Reached, test: string, telling: Telling): Reason | null {
  const { lua, shown } = telling;
  const unmet = reached.needed.filter((each) => !hasNeeded(each.need, lua));
  const likely = unmet.find((each) => each.need.luas.length > 0) ?? unmet[0];
  const need = unmet.find(({ isCertain }) => isCertain) ?? likely;
  if (need?.isCertain === true) return needReason(need, lua, shown);
  const other =
    refusedReason(reached.files, telling) ??
    missingReason(reached.missing, test, telling) ??
    syntaxReason(reached.files, telling);
  return other ?? (need === undefined ? null : needReason(need, lua, shown));
}

function needReason(need: Needed, lua: ProjectLua, shown: Shown): Reason {
  // What is certain is a problem, which is told with what to do.
  const advice = need.need.instead === undefined || need.isCertain ? "" : `: ${need.need.instead}`;
  const lacks = `which ${luaText(lua)} does not have${advice}`;
  return {
    kind: `${need.need.what} ${need.isCertain}`,
    text: `${needText(need, shown)}, ${lacks}`,
    common: `${need.isCertain ? "need" : "may need"} ${need.need.what}, ${lacks}`,
    isCertain: need.isCertain,
  };
}

function missingReason(
  missing: Reached["missing"],
  test: string,
  { placeOf, shown }: Telling,
): Reason | null {
  const first = missing.find(({ isCertain }) => isCertain);
  if (first === undefined) return null;
  const place = placeOf(first.module);
  const who = shown(first.file) === test ? "" : `${shown(first.file)} `;
  const where = place === null ? "is not found" : `is ${place}`;
  const what = place === null ? "are not found" : "the path does not lead to";
  return {
    kind: what,
    text: `${who}requires ${first.module}, which ${where}`,
    common: `require modules that ${what}, such as ${first.module}`,
    isCertain: true,
  };
}

function refusedReason(files: readonly string[], { shown }: Telling): Reason | null {
  const [found] = files.flatMap((file) => {
    const reason = refusedFile(file);
    return reason === null ? [] : [`${shown(file)} cannot be read: ${reason}`];
  });
  return found === undefined
    ? null
    : { kind: "refused", text: found, common: `${found}, as others`, isCertain: true };
}

function syntaxReason(files: readonly string[], { lua, texts, shown }: Telling): Reason | null {
  const unread = files.find((file) => !texts.isReadBy(file, lua.version));
  if (unread === undefined) return null;
  const other = newestFirst.find((version) => texts.isReadBy(unread, version));
  const what = `${luaText(lua)} does not read ${shown(unread)}`;
  const text = other === undefined ? `${what}, nor does any Lua` : `${what}, ${versionText(other)} does`;
  return { kind: "syntax", text, common: `${text}, and others`, isCertain: true };
}

export const versionText = (version: LuaVersion) => (version === "LuaJIT" ? version : `Lua ${version}`);

/** `Neovim (vim in lua/greet/init.lua)`. */
export function needText({ need, name, file, isCertain }: Needed, shown: Shown): string {
  return `${isCertain ? "needs" : "may need"} ${need.what} (${name} in ${shown(file)})`;
}

export function luaText({ name, kind }: ProjectLua): string {
  return kind === "wasm" ? `the embedded Lua ${name}` : name;
}
