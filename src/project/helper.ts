import path from "node:path";
import { isFile } from "../files/files.js";
import { fileOfModule } from "../files/modules.js";
import { specTemplates } from "../harness/plan/modules/packagePath.js";
import { helperFile } from "../harness/plan/specSettings.js";
import { luaText } from "./blocked.js";
import type { Looking } from "./follow/follow.js";
import type { Problem } from "./project.js";
import type { LuaFile } from "./read/files.js";
import type { ProjectLua } from "./read/luas.js";
import { isBrought, libraryOfModule, pathsFor } from "./read/paths.js";

/** That the helper of the specs is not there, without which each of them fails. */
export async function helperProblems(
  tests: readonly LuaFile[],
  lua: ProjectLua,
  looking: Looking,
): Promise<Problem[]> {
  const { config, texts } = looking;
  const { helper } = config.specs;
  const hasSpecs = config.style === "spec" || tests.some(({ file }) => texts.of(file)?.style === "spec");
  if (helper === null || !hasSpecs || (await isThere(helper, lua, looking))) return [];
  const message = `The helper "${helper}" is neither a file in the project root nor a module that ${luaText(lua)} finds: write what it is called, or leave it out.`;
  return [{ message, commands: [] }];
}

async function isThere(
  helper: string,
  lua: ProjectLua,
  { config, pathsOf, declared }: Looking,
): Promise<boolean> {
  const { cwd, framework } = config;
  if (helper.endsWith(".lua") && isFile(path.resolve(cwd, helper))) return true;
  // Where nobody can tell what a Lua finds, the helper may be there.
  if (lua.problem !== null || (framework === "busted" && !helper.endsWith(".lua"))) return true;
  if (isBrought(helper, lua) || Object.hasOwn(declared.modules, helper)) return true;
  if (helperFile(config) !== null) return true;
  const found = pathsFor(config, lua, await pathsOf(lua));
  return (
    fileOfModule(helper, [...specTemplates, ...found.path], cwd) !== null ||
    libraryOfModule(helper, found.cpath, cwd) !== null
  );
}
