/** What test files load, and what that relies on, without running any of it. */

import type { LuaPaths } from "../engine/native/nativeLua.js";
import { inside, moduleInC, type Need, outside } from "../hints/needs.js";
import type { LuaVersion } from "../source/dialect.js";
import { newestFirst } from "../source/dialect.js";
import type { ProjectLua } from "./luas.js";
import type { LuaText } from "./luaText.js";
import { fileOfModule, isBrought, libraryOfModule } from "./paths.js";

/** What there is of a project that tests may load. */
export interface Surroundings {
  readonly root: string;
  readonly textOf: (file: string) => LuaText | null;
  /** Whether a file is the project's own, by its absolute path. */
  readonly isOwn: (file: string) => boolean;
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
}

/** What a test file loads, itself included. */
export interface Reached {
  readonly files: readonly string[];
  readonly missing: readonly MissingModule[];
  readonly needed: readonly Needed[];
  /** The Luas that read all of these files. */
  readonly versions: readonly LuaVersion[];
}

/** Follows what files require; `before` are those that are loaded first. */
export function reachedBy(
  test: string,
  before: readonly string[],
  lua: ProjectLua,
  paths: LuaPaths,
  surroundings: Surroundings,
): Reached {
  const { root, textOf } = surroundings;
  const { files, unresolved } = loadedFrom([...before, test], lua, paths.path, surroundings);
  const texts = files.flatMap((file) => textOf(file) ?? []);
  const defined = new Set(texts.flatMap(({ defines }) => defines));
  const absent = unresolved.filter(({ module }) => !defined.has(module));
  const native =
    lua.kind === "native" ? absent.filter(({ module }) => !isLibrary(module, paths, root)) : absent;
  return {
    files,
    missing: native.map(({ module, file }) => ({ module, file, isInC: isInC(module, surroundings) })),
    needed: [
      ...absent.flatMap((each) => neededModule(each, surroundings, test)),
      ...files.flatMap((file) => neededGlobals(file, textOf(file), defined, test)),
    ],
    versions: newestFirst.filter((version) => texts.every(({ versions }) => versions.includes(version))),
  };
}

/** A module that no Lua file is found for. */
interface Unresolved {
  readonly module: string;
  readonly file: string;
  readonly atLoad: boolean;
}

function loadedFrom(
  starts: readonly string[],
  lua: ProjectLua,
  path: readonly string[],
  { root, textOf, isOwn }: Surroundings,
): { readonly files: readonly string[]; readonly unresolved: readonly Unresolved[] } {
  const files = [...starts];
  const templates = [...path];
  const unresolved: Unresolved[] = [];
  // It grows while it is gone through.
  for (const file of files) {
    const { requires, templates: more } = textOf(file) ?? { requires: [], templates: [] };
    templates.push(...more);
    for (const { name, atLoad } of requires.filter((each) => !isBrought(each.name, lua))) {
      const found = fileOfModule(name, templates, root);
      if (found === null) unresolved.push({ module: name, file, atLoad });
      else if (isOwn(found) && !files.includes(found)) files.push(found);
    }
  }
  return { files, unresolved };
}

const isLibrary = (module: string, { cpath }: LuaPaths, root: string) =>
  libraryOfModule(module, cpath, root) !== null;

function isInC(module: string, { modules }: Surroundings): boolean {
  return /\.(?:c|cc|cpp|cxx)$/.test(modules[module] ?? "") || moduleInC.modules?.test(module) === true;
}

function neededModule(
  { module, file, atLoad }: Unresolved,
  surroundings: Surroundings,
  test: string,
): Needed[] {
  const need = isInC(module, surroundings) ? moduleInC : outside.find(({ modules }) => modules?.test(module));
  return need === undefined ? [] : [{ need, file, name: module, isCertain: atLoad || file === test }];
}

function neededGlobals(
  file: string,
  text: LuaText | null,
  defined: ReadonlySet<string>,
  test: string,
): Needed[] {
  return (text?.globals ?? []).flatMap(({ name, atLoad }) => {
    const need = [...outside, ...inside].find(({ globals }) => globals.includes(name));
    if (need === undefined || defined.has(name)) return [];
    return [{ need, file, name, isCertain: atLoad || file === test }];
  });
}
