/** Which Lua the tests of a project want. */

import { fileOfModule } from "../../files/modules.js";
import { moduleInC } from "../../hints/needs.js";
import { absentLua, embeddedLuas, fengari, hasNeeded, type ProjectLua } from "../read/luas.js";
import { isBrought, libraryOfModule, pathsFor } from "../read/paths.js";
import type { Looking } from "./follow.js";
import type { Needed, Reached } from "./reach.js";

export interface Choice {
  readonly lua: ProjectLua;
  readonly why: "needed" | "syntax" | "installed" | "declared";
  /** A module that this Lua finds, and the current one does not; null for none. */
  readonly module: string | null;
}

/**
 * The Lua that has what all tests need, reads what they load and finds the most of their modules; the configured one if that
 * is so, and none is declared or configured otherwise. Null for no other than the current one, or where no Lua can be enough.
 */
export async function chooseLua(
  current: ProjectLua,
  reached: readonly Reached[],
  looking: Looking,
): Promise<Choice | null> {
  const { config, declared } = looking;
  const wanted = declared.version?.version ?? null;
  const { needed, hasAll, loads, readsAll } = wantsOf(reached, looking);
  const isEnough = (lua: ProjectLua) => hasAll(lua) && readsAll(lua);
  // What functions need that may be called is no reason for a Lua that is not here, where one is that loads all.
  const isEnoughToLoad = (lua: ProjectLua) => loads?.(lua) === true && readsAll(lua);
  const isConfigured = config.lua.length > 0;
  const isRight = isEnough(current) && (isConfigured || wanted === null || likeness(current, wanted) > 0);
  const modules = modulesOf(reached);
  if (isRight && (isConfigured || modules.length === 0)) return null;
  const [own] = await finding([current], modules, looking);
  const here = [...embeddedLuas, ...ordered(needed, looking)];
  const candidates = firstOf(here.filter(isEnough), here.filter(isEnoughToLoad));
  const best = bestOf(await finding(candidates, modules, looking), wanted);
  const module = best?.modules.find((each) => own?.modules.includes(each) !== true) ?? null;
  if (isRight && module === null) return null;
  // Where none is enough, the tests want several Luas, or one that is not here.
  const lua = best?.lua ?? needed.map(({ need }) => absentLua(need.luas[0] ?? "")).find(isEnough);
  if (lua === undefined || lua.name === current.name) return null;
  if (!hasAll(current)) return { lua, why: "needed", module };
  if (!readsAll(current)) return { lua, why: "syntax", module };
  return { lua, why: module === null ? "declared" : "installed", module };
}

/** What tests want of a Lua. */
function wantsOf(reached: readonly Reached[], { texts }: Looking) {
  const needed = reached.flatMap((each) => each.needed).filter(({ need }) => need.luas.length > 0);
  const certain = needed.filter(({ isCertain }) => isCertain);
  const files = [...new Set(reached.flatMap((each) => each.files))];
  return {
    needed,
    hasAll: (lua: ProjectLua) => needed.every(({ need }) => hasNeeded(need, lua)),
    /** Whether a Lua has what files need to be loaded; null where they need nothing. */
    loads:
      certain.length === 0 ? null : (lua: ProjectLua) => certain.every(({ need }) => hasNeeded(need, lua)),
    readsAll: ({ version }: ProjectLua) => files.every((file) => texts.isReadBy(file, version)),
  };
}

/** The one that finds most modules, then the one that is most like what the project is for; undefined for none of none. */
function bestOf(all: readonly Finding[], wanted: ProjectLua["version"] | null): Finding | undefined {
  const likest = (a: Finding, b: Finding) =>
    wanted === null ? 0 : likeness(b.lua, wanted) - likeness(a.lua, wanted);
  return all.toSorted((a, b) => b.modules.length - a.modules.length || likest(a, b))[0];
}

const firstOf = (some: readonly ProjectLua[], others: readonly ProjectLua[]) =>
  some.length > 0 ? some : others;

/** Those that the current Lua does not find. */
function modulesOf(reached: readonly Reached[]): string[] {
  const missing = reached.flatMap((each) => each.missing.filter(({ isCertain }) => isCertain));
  const libraries = reached.flatMap(({ needed }) => needed.filter(({ need }) => need === moduleInC));
  return [...new Set([...missing.map(({ module }) => module), ...libraries.map(({ name }) => name)])];
}

interface Finding {
  readonly lua: ProjectLua;
  /** What it finds of some modules. */
  readonly modules: readonly string[];
}

async function finding(
  luas: readonly ProjectLua[],
  modules: readonly string[],
  { config, pathsOf }: Looking,
): Promise<Finding[]> {
  if (modules.length === 0) return luas.map((lua) => ({ lua, modules }));
  return Promise.all(
    luas.map(async (lua) => {
      const { path, cpath } = pathsFor(config, lua, await pathsOf(lua));
      const isFound = (name: string) =>
        isBrought(name, lua) ||
        fileOfModule(name, path, config.cwd) !== null ||
        libraryOfModule(name, cpath, config.cwd) !== null;
      return { lua, modules: modules.filter(isFound) };
    }),
  );
}

/** How much a Lua is like the one that a project is for. */
function likeness({ version, kind, name }: ProjectLua, wanted: ProjectLua["version"]): number {
  if (version === wanted) return kind === "native" && wanted !== "LuaJIT" ? 2 : name === fengari.name ? 4 : 3;
  return wanted === "LuaJIT" && version === "5.1" ? 1 : 0;
}

/** In the order of who is the likeliest to have what is needed. */
function ordered(needed: readonly Needed[], { natives }: Looking): readonly ProjectLua[] {
  const names = needed.flatMap(({ need }) => need.luas);
  const place = ({ name }: ProjectLua) => (names.includes(name) ? names.indexOf(name) : names.length);
  return natives.toSorted((a, b) => place(a) - place(b));
}
