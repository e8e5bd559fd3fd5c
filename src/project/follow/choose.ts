/** Which Lua the tests of a project want. */

import { moduleInC } from "../../hints/needs.js";
import { absentLua, embeddedLuas, fengari, hasNeeded, type ProjectLua } from "../read/luas.js";
import { fileOfModule, libraryOfModule, pathsFor } from "../read/paths.js";
import type { Looking } from "./follow.js";
import type { Needed, Reached } from "./reach.js";

export interface Choice {
  readonly lua: ProjectLua;
  readonly why: "needed" | "syntax" | "declared";
}

/**
 * The Lua that has what all tests need and reads what they load; the configured one if that is so, and none is declared or
 * configured otherwise. Null for no other than the current one, or where no Lua can be enough.
 */
export async function chooseLua(
  current: ProjectLua,
  reached: readonly Reached[],
  looking: Looking,
): Promise<Choice | null> {
  const { config, texts, declared } = looking;
  const wanted = declared.version?.version ?? null;
  const needed = reached.flatMap((each) => each.needed).filter(({ need }) => need.luas.length > 0);
  const hasAll = (lua: ProjectLua) => needed.every(({ need }) => hasNeeded(need, lua));
  const files = [...new Set(reached.flatMap((each) => each.files))];
  const readsAll = ({ version }: ProjectLua) => files.every((file) => texts.isReadBy(file, version));
  const isEnough = (lua: ProjectLua) => hasAll(lua) && readsAll(lua);
  const isAsked = config.lua.length > 0 || wanted === null || likeness(current, wanted) > 0;
  if (isEnough(current) && isAsked) return null;
  const all = [...embeddedLuas, ...(await ordered(needed, looking))].filter(isEnough);
  const likest = (a: ProjectLua, b: ProjectLua) =>
    wanted === null ? 0 : likeness(b, wanted) - likeness(a, wanted);
  // Where none is enough, the tests want several Luas, or one that is not here.
  const lua =
    all.toSorted(likest)[0] ?? needed.map(({ need }) => absentLua(need.luas[0] ?? "")).find(isEnough);
  if (lua === undefined || lua.name === current.name) return null;
  return { lua, why: !hasAll(current) ? "needed" : readsAll(current) ? "declared" : "syntax" };
}

/** How much a Lua is like the one that a project is for. */
function likeness({ version, kind, name }: ProjectLua, wanted: ProjectLua["version"]): number {
  if (version === wanted) return kind === "native" && wanted !== "LuaJIT" ? 2 : name === fengari.name ? 4 : 3;
  return wanted === "LuaJIT" && version === "5.1" ? 1 : 0;
}

/** In the order of who has most of the modules in C, then of who is the likeliest to have what is needed. */
async function ordered(
  needed: readonly Needed[],
  { natives, pathsOf, config }: Looking,
): Promise<readonly ProjectLua[]> {
  const libraries = needed.filter(({ need }) => need === moduleInC).map(({ name }) => name);
  const names = needed.flatMap(({ need }) => need.luas);
  const counts = await Promise.all(
    natives.map(async (lua) => {
      if (libraries.length === 0) return 0;
      const { path, cpath } = pathsFor(config, lua, await pathsOf(lua));
      const isThere = (name: string) =>
        fileOfModule(name, path, config.cwd) !== null || libraryOfModule(name, cpath, config.cwd) !== null;
      return libraries.filter(isThere).length;
    }),
  );
  const place = ({ name }: ProjectLua) => (names.includes(name) ? names.indexOf(name) : names.length);
  return natives
    .map((lua, index) => ({ lua, count: counts[index] ?? 0 }))
    .sort((a, b) => b.count - a.count || place(a.lua) - place(b.lua))
    .map(({ lua }) => lua);
}
