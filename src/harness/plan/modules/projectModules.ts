/** Modules of a project that are where its rockspec says, and not where package.path looks for them. */

import path from "node:path";
import { currentFolder, isFile, realPath } from "../../../files/files.js";
import { fileOfModule } from "../../../files/modules.js";
import type { Config, Notice } from "../../../types.js";
import { configuredPath, type PathOrder } from "./packagePath.js";
import { problemOf, rockspecModules, rockspecOf } from "./rockspec.js";

export interface WithModules {
  readonly config: Config;
  /** What is wrong with the rockspec. */
  readonly notices: readonly Notice[];
}

/** A configuration with the modules that the rockspec of its project has. */
export async function withProjectModules(config: Config): Promise<WithModules> {
  const { cwd } = config;
  const rockspec = await rockspecOf(cwd);
  if (rockspec === null) return { config, notices: [] };
  const { name, read } = rockspec;
  if (read.ok)
    return { config: { ...config, modules: luaModules(rockspecModules(read.fields)) }, notices: [] };
  const message = `${problemOf(rockspec)}; its modules are found only where package.path leads to them`;
  return { config, notices: [{ level: "warning", file: path.join(cwd, name), message }] };
}

/** Those that are Lua files of the project. What is installed as `a.init`, or is an init.lua itself, is both `a` and `a.init`. */
export function luaModules(modules: Readonly<Record<string, string>>): Config["modules"] {
  const own = Object.entries(modules).filter(([, file]) => isLuaFile.test(file));
  const others = own.flatMap(([module, file]): [string, string][] => {
    const [, whole] = /^(.+)\.init$/.exec(module) ?? [];
    if (whole !== undefined) return [[whole, file]];
    return path.posix.basename(file) === "init.lua" ? [[`${module}.init`, file]] : [];
  });
  return Object.fromEntries([...others, ...own]);
}

/** Below the root. */
const isLuaFile = /^(?!\.\.\/|\/).*\.lua$/;

/** What decides where a module is. */
type Places = Pick<Config, "modules" | "luaPath" | "cwd">;

/** The file of a module by the rockspec, absolute and real; null where there is none, or `luaPath` says otherwise. */
export function projectModule(module: string, { modules, luaPath, cwd }: Places): string | null {
  const name = Object.hasOwn(modules, module) ? modules[module] : undefined;
  if (name === undefined) return null;
  const file = path.join(cwd, name);
  const configured = configuredPath({ luaPath, cwd }).split(";");
  return isFile(file) && fileOfModule(module, configured, cwd) === null ? realPath(file) : null;
}

/**
 * What a program has to be told: files as Lua names them, by their modules, without those that the templates lead to
 * anyway. Where modules are found as `lua` finds them, the rockspec has only what there is nowhere else.
 */
export function modulesBeside(
  places: Places,
  packagePath: string,
  order: PathOrder,
): Readonly<Record<string, string>> {
  const { modules, cwd } = places;
  const templates = packagePath.split(";");
  const entries = Object.entries(modules).filter(([module]) => {
    const file = projectModule(module, places);
    if (file === null) return false;
    const found = fileOfModule(module, templates, currentFolder());
    return order === "as lua" ? found === null : found !== file;
  });
  return Object.fromEntries(entries.map(([module, file]) => [module, nameOf(file, cwd)]));
}

/** The same, which asks the file system once for each question; for a moment, as files come and go. */
export function rememberedModules(): typeof modulesBeside {
  const known = new Map<string, Readonly<Record<string, string>>>();
  return (places, packagePath, order) => {
    const key = JSON.stringify([places.luaPath, places.cwd, packagePath, order]);
    const modules = known.get(key) ?? modulesBeside(places, packagePath, order);
    known.set(key, modules);
    return modules;
  };
}

/** As by a template `./?.lua`. */
function nameOf(file: string, root: string): string {
  return root === currentFolder() ? `./${file}` : path.join(root, file);
}
