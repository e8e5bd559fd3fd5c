import path from "node:path";
import { currentFolder } from "../../files/files.js";
import type { LuaVersion } from "../../source/dialect.js";
import type { Config } from "../../types.js";

/** Where Lua 5.3 looks on Unix (luaconf.h); on machines without Lua there is just nothing there. */
const localTemplates = [
  ...["/usr/local/share/lua/5.3/?.lua", "/usr/local/share/lua/5.3/?/init.lua"],
  ...["/usr/local/lib/lua/5.3/?.lua", "/usr/local/lib/lua/5.3/?/init.lua"],
] as const;

/** What the system's own packages have installed; a project that relies on it says so by its path. */
export function distributionTemplates(version: LuaVersion = "5.3"): readonly string[] {
  const folder = `/usr/share/lua/${folderVersion(version)}`;
  return [`${folder}/?.lua`, `${folder}/?/init.lua`];
}

const rootTemplates = ["./?.lua", "./?/init.lua"] as const;

/** Where busted looks first. */
export const specTemplates = ["./src/?.lua", "./src/?/?.lua", "./src/?/init.lua"] as const;

/**
 * Whose modules win: those of the project, whose tests must not measure an installed copy of it; or those that `lua`
 * finds, for a program whose own modules are installed, as busted's are.
 */
export type PathOrder = "project first" | "as lua";

/** The value of package.path: the option `lua-path`, then what the environment, the project and Lua's folders have. */
export function packagePath(config: Pick<Config, "luaPath" | "cwd">, order: PathOrder): string {
  const configured = config.luaPath.flatMap(split).map((template) => fromRoot(template, config.cwd));
  const environment = process.env.LUA_PATH_5_3 ?? process.env.LUA_PATH;
  const root = rootTemplates.map((template) => fromRoot(template, config.cwd));
  if (order === "as lua") {
    const elsewhere = root.filter((template) => path.isAbsolute(template));
    return [...configured, pathOfLua(environment), ...elsewhere].join(";");
  }
  const installed = [...localTemplates, ...distributionTemplates()];
  return [...configured, ...split(environment ?? ""), ...root, ...installed].join(";");
}

/**
 * What comes before a Lua's own paths: as in the embedded one, and the modules that LuaRocks has installed into the
 * project.
 */
export function nativePaths(
  { luaPath, cwd }: Pick<Config, "luaPath" | "cwd">,
  version: LuaVersion,
): { readonly packagePath: string; readonly cpath: string } {
  const configured = luaPath.flatMap(split).map((template) => fromRoot(template, cwd));
  const own = (name: string) =>
    process.env[`${name}_${version.replace(".", "_")}`] ?? process.env[name] ?? "";
  const number = folderVersion(version);
  const share = `./lua_modules/share/lua/${number}`;
  const modules = [...rootTemplates, `${share}/?.lua`, `${share}/?/init.lua`].map((each) =>
    fromRoot(each, cwd),
  );
  const library = process.platform === "win32" ? "dll" : "so";
  return {
    packagePath: [...configured, ...split(own("LUA_PATH")), ...modules].join(";"),
    cpath: [...split(own("LUA_CPATH")), fromRoot(`./lua_modules/lib/lua/${number}/?.${library}`, cwd)].join(
      ";",
    ),
  };
}

/** LuaJIT finds its modules where 5.1 does. */
function folderVersion(version: LuaVersion): string {
  return version === "LuaJIT" ? "5.1" : version;
}

/** What busted puts before package.path, once its configuration has run. */
export function specPath({ luaPath, cwd }: Pick<Config, "luaPath" | "cwd">): string {
  return [...luaPath.flatMap(split), ...specTemplates].map((template) => fromRoot(template, cwd)).join(";");
}

/** As setpath in loadlib.c: ";;" stands for the default path, which a variable without it replaces. */
function pathOfLua(environment: string | undefined): string {
  const defaults = [...localTemplates, ...distributionTemplates(), ...rootTemplates].join(";");
  return environment?.replaceAll(";;", () => `;${defaults};`) ?? defaults;
}

/** An empty template, as in ";;", stands for the default path, which is always there. */
function split(templates: string): string[] {
  return templates.split(";").filter((template) => template !== "");
}

/** Lua resolves a relative template against the current folder, which need not be the root. */
function fromRoot(template: string, root: string): string {
  return path.isAbsolute(template) || root === currentFolder() ? template : path.join(root, template);
}
