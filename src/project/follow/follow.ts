/** Follows the tests of a project into what they load. */

import type { LuaPaths } from "../../engine/native/nativeLua.js";
import { fileOfModule } from "../../files/modules.js";
import { specTemplates } from "../../harness/plan/modules/packagePath.js";
import { projectModule } from "../../harness/plan/modules/projectModules.js";
import { helperFile } from "../../harness/plan/specSettings.js";
import type { Config } from "../../types.js";
import type { Followed } from "../blocked.js";
import type { Declared } from "../read/declared.js";
import type { LuaFile, Texts } from "../read/files.js";
import type { ProjectLua } from "../read/luas.js";
import { pathsFor } from "../read/paths.js";
import { reachedBy, type Surroundings } from "./reach.js";
import { type Template, templateFor } from "./templates.js";

/** What is known of a project before its tests are followed. */
export interface Looking {
  /** With what `.busted` says. */
  readonly config: Config;
  readonly files: readonly LuaFile[];
  readonly declared: Declared;
  readonly texts: Texts;
  readonly natives: readonly ProjectLua[];
  readonly pathsOf: (lua: ProjectLua) => Promise<LuaPaths | null>;
}

export interface FoundTemplate extends Template {
  readonly module: string;
}

export interface FollowedAll {
  readonly all: readonly Followed[];
  /** Those that the path has to have for that. */
  readonly templates: readonly FoundTemplate[];
}

/** Follows tests in a Lua, as if the path had what it needs for the modules of the project. */
export async function follow(
  tests: readonly LuaFile[],
  lua: ProjectLua,
  looking: Looking,
  known: readonly FoundTemplate[] = [],
): Promise<FollowedAll> {
  const paths = pathsFor(looking.config, lua, await looking.pathsOf(lua));
  for (let templates = known; ; ) {
    const all = withTemplates(tests, lua, looking, paths, templates);
    const more = newTemplates(all, templates, looking);
    if (more.length === 0) return { all, templates };
    templates = [...templates, ...more];
  }
}

/** The same with the path as it is. */
export async function followAsIs(
  tests: readonly LuaFile[],
  lua: ProjectLua,
  looking: Looking,
): Promise<readonly Followed[]> {
  return withTemplates(tests, lua, looking, pathsFor(looking.config, lua, await looking.pathsOf(lua)), []);
}

function withTemplates(
  tests: readonly LuaFile[],
  lua: ProjectLua,
  { config, files, declared, texts }: Looking,
  { path, cpath }: LuaPaths,
  templates: readonly FoundTemplate[],
): Followed[] {
  const before = [config.setup, helperFile(config)].filter((each) => each !== null);
  const own = new Set(files.map(({ file }) => file));
  const first = templates.map(({ template }) => template);
  const known = { ...config, luaPath: [...first, ...config.luaPath] };
  const scripts = finder([...first, ...path], known);
  const specs = finder([...first, ...specTemplates, ...path], known);
  return tests.map(({ name, file }) => {
    const isSpec = (config.style === "auto" ? texts.of(file)?.style : config.style) === "spec";
    const surroundings: Surroundings = {
      root: config.cwd,
      texts,
      isOwn: (each) => own.has(each),
      isOwnModule: (module) => projectModule(module, known) !== null,
      find: isSpec ? specs : scripts,
      modules: declared.modules,
    };
    return { test: name, reached: reachedBy(file, before, lua, { path, cpath }, surroundings) };
  });
}

/** Modules are looked for once: many files require the same. */
function finder(templates: readonly string[], config: Config): (module: string) => string | null {
  const known = new Map<string, string | null>();
  return (module) => {
    const found = known.get(module);
    if (found !== undefined) return found;
    const file = projectModule(module, config) ?? fileOfModule(module, templates, config.cwd);
    known.set(module, file);
    return file;
  };
}

function newTemplates(
  all: readonly Followed[],
  known: readonly FoundTemplate[],
  { files, declared }: Looking,
): FoundTemplate[] {
  const modules = [...new Set(all.flatMap(({ reached }) => reached.missing.map(({ module }) => module)))];
  return modules.flatMap((module) => {
    if (known.some((each) => each.module === module)) return [];
    const found = templateFor(module, files, declared);
    return found === null ? [] : [{ ...found, module }];
  });
}
