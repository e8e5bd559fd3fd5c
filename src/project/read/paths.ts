/** Where a Lua finds modules. */

import path from "node:path";
import type { LuaPaths } from "../../engine/native/nativeLua.js";
import { fileOfModule } from "../../files/modules.js";
import { nativePaths, ownTemplates, packagePath } from "../../harness/plan/modules/packagePath.js";
import type { Config } from "../../types.js";
import type { ProjectLua } from "./luas.js";

/** Modules that a Lua, or what runs tests in it, brings along. */
const brought =
  /^(?:string|table|math|io|os|debug|coroutine|package|utf8|_G|bit32|lfs|system|system\.core|term|term\..+|luassert|luassert\..+|say|busted|busted\..+|luacov|luacov\..+|luacov-ts\..+)$/;
/** Those that LuaJIT and its hosts have besides. */
const broughtByHosts: Readonly<Record<string, RegExp>> = {
  LuaJIT: /^(?:ffi|bit|jit|jit\..+|string\.buffer|table\.(?:new|clear))$/,
  nvim: /^vim\./,
  resty: /^(?:ngx|resty|cjson)(?:\.|$)/,
};

export function isBrought(module: string, { name, version }: ProjectLua): boolean {
  const hosts = [version, path.basename(name)].flatMap((host) => broughtByHosts[host] ?? []);
  return brought.test(module) || hosts.some((pattern) => pattern.test(module));
}

/** The templates by which a Lua finds modules in tests of a project, relative to its root where they are in it. */
export function pathsFor(config: Config, lua: ProjectLua, own: LuaPaths | null): LuaPaths {
  const { luaPath, cwd } = config;
  if (lua.kind === "fengari") {
    return {
      path: packagePath({ luaPath, cwd }, "project first").split(";"),
      cpath: [],
    };
  }
  const { packagePath: first, cpath } = nativePaths(config, lua.version);
  const rest = lua.kind === "native" ? (own?.path ?? []) : ownTemplates(lua.version);
  const libraries = lua.kind === "native" ? [...cpath.split(";"), ...(own?.cpath ?? [])] : [];
  return { path: [...first.split(";"), ...rest], cpath: libraries };
}

/** By a module in C `a.b`, what is found may also be the library of `a`. */
export function libraryOfModule(module: string, templates: readonly string[], root: string): string | null {
  return (
    fileOfModule(module, templates, root) ?? fileOfModule(module.split(".")[0] ?? module, templates, root)
  );
}
