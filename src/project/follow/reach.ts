/** What test files load, and what that relies on, without running any of it. */

import type { LuaPaths } from "../../engine/native/nativeLua.js";
import { fileOfModule } from "../../files/modules.js";
import { inside, moduleInC, type Need, ofCollector, outside, wideIntegers } from "../../hints/needs.js";
import type { Texts } from "../read/files.js";
import type { ProjectLua } from "../read/luas.js";
import type { LuaText, When } from "../read/luaText.js";
import { isBrought, libraryOfModule } from "../read/paths.js";

/** What there is of a project that tests may load. */
export interface Surroundings {
  readonly root: string;
  readonly texts: Texts;
  /** Whether a file is the project's own, by its absolute path. */
  readonly isOwn: (file: string) => boolean;
  /** Whether the project's rockspec says where a module is. */
  readonly isOwnModule: (module: string) => boolean;
  /** The file of a module by the rockspec and the templates of the path, absolute; null for none. */
  readonly find: (module: string) => string | null;
  /** Files by modules, as a rockspec installs them. */
  readonly modules: Readonly<Record<string, string>>;
}

/** A need of a program: where, and by which name. */
export interface Needed {
  readonly need: Need;
  /** Absolute. */
  readonly file: string;
  readonly name: string;
  /** Whether the file cannot even be loaded without it. */
  readonly isCertain: boolean;
}

/** A module that is not found. */
export interface MissingModule {
  readonly module: string;
  /** The file that requires it, absolute. */
  readonly file: string;
  /** Where it is for other Luas, or as its source, when it is written in C. */
  readonly isInC: boolean;
  /** Whether the file cannot even be loaded without it. */
  readonly isCertain: boolean;
}

/** What a test file loads, itself included. */
export interface Reached {
  readonly files: readonly string[];
  readonly missing: readonly MissingModule[];
  readonly needed: readonly Needed[];
}

/** Follows what files require; `before` are those that are loaded first. */
export function reachedBy(
  test: string,
  before: readonly string[],
  lua: ProjectLua,
  paths: LuaPaths,
  surroundings: Surroundings,
): Reached {
  const { root, texts } = surroundings;
  const { files, unresolved, installed } = loadedFrom([...before, test], lua, surroundings);
  const defined = new Set(files.flatMap((file) => texts.of(file)?.defines ?? []));
  const provided = new Set(files.flatMap((file) => texts.of(file)?.provides ?? []));
  const absent = unresolved.filter(({ module, when }) => when !== "perhaps" && !provided.has(module));
  const native =
    lua.kind === "native" ? absent.filter(({ module }) => !isLibrary(module, paths, root)) : absent;
  return {
    files,
    missing: native.map(({ module, file, when }) => ({
      module,
      file,
      isInC: isInC(module, surroundings),
      isCertain: when === "load" || file === test,
    })),
    needed: [
      ...absent.flatMap((each) => neededModule(each, surroundings, test)),
      ...librariesOf(installed, lua, surroundings).filter(({ need }) => need === moduleInC),
      ...neededCollector(files, texts, test),
      ...neededIntegers(files, texts),
      ...files.flatMap((file) => neededGlobals(file, texts.of(file), defined, test)),
    ],
  };
}

/** A module that no Lua file is found for. */
interface Unresolved {
  readonly module: string;
  readonly file: string;
  readonly when: When;
}

interface Loaded {
  readonly files: readonly string[];
  readonly unresolved: readonly Unresolved[];
  /** Files of other people that are loaded directly. */
  readonly installed: readonly string[];
}

function loadedFrom(starts: readonly string[], lua: ProjectLua, surroundings: Surroundings): Loaded {
  const { root, texts, isOwn, find } = surroundings;
  const installed = new Set<string>();
  const files = [...starts];
  const templates: string[] = [];
  const unresolved: Unresolved[] = [];
  // It grows while it is gone through.
  for (const file of files) {
    const { requires, templates: more } = texts.of(file) ?? { requires: [], templates: [] };
    templates.push(...more);
    for (const { name, when } of requires.filter((each) => isLookedFor(each.name, lua, surroundings))) {
      const found = find(name) ?? fileOfModule(name, templates, root);
      if (found === null) unresolved.push({ module: name, file, when });
      else if (!isOwn(found)) installed.add(found);
      else if (!files.includes(found)) files.push(found);
    }
  }
  return { files, unresolved, installed: [...installed] };
}

/** Modules in C that those in Lua cannot be loaded without which somebody has installed. */
function librariesOf(installed: readonly string[], lua: ProjectLua, surroundings: Surroundings): Needed[] {
  const files = new Set(installed);
  const needed: Needed[] = [];
  // It grows while it is gone through.
  for (const file of files) {
    const requires = surroundings.texts.of(file)?.requires ?? [];
    for (const { name, when } of requires.filter(
      (each) => each.when === "load" && isLookedFor(each.name, lua, surroundings),
    )) {
      const found = surroundings.find(name);
      if (found === null) needed.push(...neededModule({ module: name, file, when }, surroundings, file));
      else files.add(found);
    }
  }
  return needed;
}

/** A project's own module comes before one of that name that a Lua brings along. */
function isLookedFor(module: string, lua: ProjectLua, { isOwnModule }: Surroundings): boolean {
  return !isBrought(module, lua) || isOwnModule(module);
}

const isLibrary = (module: string, { cpath }: LuaPaths, root: string) =>
  libraryOfModule(module, cpath, root) !== null;

function isInC(module: string, { modules }: Surroundings): boolean {
  return /\.(?:c|cc|cpp|cxx)$/.test(modules[module] ?? "") || moduleInC.modules?.test(module) === true;
}

function neededModule(
  { module, file, when }: Unresolved,
  surroundings: Surroundings,
  test: string,
): Needed[] {
  const need = isInC(module, surroundings) ? moduleInC : outside.find(({ modules }) => modules?.test(module));
  return need === undefined
    ? []
    : [{ need, file, name: module, isCertain: when === "load" || file === test }];
}

/** What a test waits for that has garbage collected. */
function neededCollector(files: readonly string[], texts: Texts, test: string): Needed[] {
  if (texts.of(test)?.globals.some(({ name }) => name === "collectgarbage") !== true) return [];
  return files.flatMap((file) => {
    const keys = texts.of(file)?.collected ?? [];
    return keys.flatMap((name) => {
      const need = ofCollector[name];
      return need === undefined ? [] : [{ need, file, name, isCertain: false }];
    });
  });
}

/** A numeral alone says little of what is computed with it. */
function neededIntegers(files: readonly string[], texts: Texts): Needed[] {
  return files.flatMap((file) => {
    const name = texts.of(file)?.wideInteger ?? null;
    return name === null ? [] : [{ need: wideIntegers, file, name, isCertain: false }];
  });
}

function neededGlobals(
  file: string,
  text: LuaText | null,
  defined: ReadonlySet<string>,
  test: string,
): Needed[] {
  return (text?.globals ?? []).flatMap(({ name, when }) => {
    const need = [...outside, ...inside].find(({ globals }) => globals.includes(name));
    if (need === undefined || defined.has(name)) return [];
    return [{ need, file, name, isCertain: when === "load" || file === test }];
  });
}
