/** Which Lua the tests of a project want. */

import type { Looking } from "./follow.js";
import { absentLua, embeddedLuas, fengari, hasNeeded, type ProjectLua } from "./luas.js";
import type { Needed, Reached } from "./reach.js";

export interface Choice {
  readonly lua: ProjectLua;
  readonly why: "needed" | "syntax" | "declared";
}

/**
 * The Lua that has what all tests need and reads what they load; the configured one if that is so, and none is declared or
 * configured otherwise. Null for no other than the current one, or where no Lua can be enough.
 */
export function chooseLua(
  current: ProjectLua,
  reached: readonly Reached[],
  { config, natives, texts, declared: { version: declared } }: Looking,
): Choice | null {
  const needs = reached.flatMap(({ needed }) => needed).filter(({ need }) => need.luas.length > 0);
  const hasAll = (lua: ProjectLua) => needs.every(({ need }) => hasNeeded(need, lua));
  const files = [...new Set(reached.flatMap((each) => each.files))];
  const readsAll = ({ version }: ProjectLua) => files.every((file) => texts.isReadBy(file, version));
  const isEnough = (lua: ProjectLua) => hasAll(lua) && readsAll(lua);
  const isDeclared = (lua: ProjectLua) => declared === null || likeness(lua, declared.version) > 0;
  const isConfigured = config.lua.length > 0;
  if (isEnough(current) && (isConfigured || isDeclared(current))) return null;
  const all = [...embeddedLuas, ...ordered(natives, needs)].filter(isEnough);
  const best =
    declared === null
      ? all
      : all.toSorted((a, b) => likeness(b, declared.version) - likeness(a, declared.version));
  const [lua] = best;
  if (lua !== undefined) {
    if (lua.name === current.name) return null;
    return {
      lua,
      why: !hasAll(current) ? "needed" : readsAll(current) ? "declared" : "syntax",
    };
  }
  const absent = needs.map(({ need }) => need.luas[0] ?? "");
  const [name] = absent;
  // More than one Lua would be needed, and no test says which of them is for it.
  if (name === undefined || absent.some((each) => each !== name)) return null;
  return { lua: absentLua(name), why: "needed" };
}

/** How much a Lua is like the one that a project is for. */
function likeness({ version, kind, name }: ProjectLua, wanted: ProjectLua["version"]): number {
  if (version === wanted) return kind === "native" && wanted !== "LuaJIT" ? 2 : name === fengari.name ? 4 : 3;
  return wanted === "LuaJIT" && version === "5.1" ? 1 : 0;
}

/** In the order of who is the likeliest to have what is needed. */
function ordered(natives: readonly ProjectLua[], needs: readonly Needed[]): ProjectLua[] {
  const names = needs.flatMap(({ need }) => need.luas);
  const place = ({ name }: ProjectLua) => (names.includes(name) ? names.indexOf(name) : names.length);
  return natives.toSorted((a, b) => place(a) - place(b));
}
