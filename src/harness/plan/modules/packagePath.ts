import { homedir } from "node:os";
import path from "node:path";
import { currentFolder } from "../../../files/files.js";
import type { LuaVersion } from "../../../source/dialect.js";
import type { Config } from "../../../types.js";

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
  const modules = rocks("5.3").path.map((template) => fromRoot(template, config.cwd));
  const installed = [...modules, ...localTemplates, ...distributionTemplates()];
  return [...configured, ...split(environment ?? ""), ...root, ...installed].join(";");
}

/** What comes before the path of one of PUC-Rio's embedded Luas for a program that is no test: it has that itself. */
export function configuredPath({ luaPath, cwd }: Pick<Config, "luaPath" | "cwd">): string {
  return luaPath
    .flatMap(split)
    .map((template) => fromRoot(template, cwd))
    .join(";");
}

/** Where one of PUC-Rio's embedded Luas looks by itself. */
export function ownTemplates(version: LuaVersion): readonly string[] {
  const local = localTemplates.map((template) => template.replace("/5.3/", `/${folderVersion(version)}/`));
  return [...local, ...distributionTemplates(version), ...rootTemplates];
}

/**
 * What comes before a Lua's own paths: as in the embedded one, and the modules that LuaRocks has installed into the
 * project.
 */
export function nativePaths(
  { luaPath, luaCpath, cwd }: Pick<Config, "luaPath" | "luaCpath" | "cwd">,
  version: LuaVersion,
): { readonly packagePath: string; readonly cpath: string } {
  const configured = luaPath.flatMap(split).map((template) => fromRoot(template, cwd));
  const project = [...rootTemplates, ...rocks(version).path].map((each) => fromRoot(each, cwd));
  return {
    packagePath: [...configured, ...environmentPath("LUA_PATH", version), ...project].join(";"),
    cpath: nativeCpath(luaCpath, cwd, version),
  };
}

/** Where modules are for a busted that is installed: its own are not to be taken for those of the project. */
export interface BustedPaths {
  /** Where it is looked for; for a Lua of the user's, what comes before its own. */
  readonly packagePath: string;
  readonly cpath: string;
  /** What comes first once it is there. */
  readonly pathAhead: string;
}

/** `version` is null for the embedded Lua. */
export function bustedPaths(
  config: Pick<Config, "luaPath" | "luaCpath" | "cwd">,
  version: LuaVersion | null,
): BustedPaths {
  const { luaPath, luaCpath, cwd } = config;
  const known = version ?? "5.3";
  const project = [
    ...luaPath.flatMap(split),
    ...specTemplates,
    ...environmentPath("LUA_PATH", known),
    ...rootTemplates,
  ];
  const installed = version === null ? [packagePath({ luaPath: [], cwd }, "as lua")] : [];
  return {
    packagePath: [...rocks(known).path.map((each) => fromRoot(each, cwd)), ...installed].join(";"),
    cpath: nativeCpath(luaCpath, cwd, known),
    pathAhead: project.map((each) => fromRoot(each, cwd)).join(";"),
  };
}

/** The last templates, for a framework of the user's: the tree in which LuaRocks installs with `--local`. */
export function userRocks(version: LuaVersion): {
  readonly pathBehind: string;
  readonly cpathBehind: string;
} {
  const { path: share, cpath: lib } = rocks(version, path.join(homedir(), ".luarocks"));
  return { pathBehind: share.join(";"), cpathBehind: lib.join(";") };
}

function nativeCpath(luaCpath: readonly string[], cwd: string, version: LuaVersion): string {
  const modules = rocks(version).cpath.map((each) => fromRoot(each, cwd));
  const configured = luaCpath.flatMap(split).map((each) => fromRoot(each, cwd));
  return [...configured, ...environmentPath("LUA_CPATH", version), ...modules].join(";");
}

/** What LuaRocks has installed in a tree. */
function rocks(version: LuaVersion, tree = "./lua_modules") {
  const [share, lib] = ["share", "lib"].map((each) => `${tree}/${each}/lua/${folderVersion(version)}`);
  const library = process.platform === "win32" ? "dll" : "so";
  return { path: [`${share}/?.lua`, `${share}/?/init.lua`], cpath: [`${lib}/?.${library}`] } as const;
}

/** What the environment has for a Lua, without what stands there for the default path. */
export function environmentPath(name: "LUA_PATH" | "LUA_CPATH", version: LuaVersion): string[] {
  return split(process.env[`${name}_${version.replace(".", "_")}`] ?? process.env[name] ?? "");
}

/** LuaJIT finds its modules where 5.1 does. */
export function folderVersion(version: LuaVersion): string {
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
