import { isOnPath } from "../../../files/searchPath.js";
import { folderOfLibraries } from "../../host/cpath.js";
import type { Environment } from "../../host/primitives/environment.js";
import { bytesOf } from "../../host/primitives/value.js";
import { LUA_MULTRET } from "../machine/api.js";
import type { LuaFunction } from "../machine/functions.js";
import type { WasmVersion } from "../package/versions.js";
import type { State } from "../state.js";
import { replace } from "./replace.js";

/** In the registry: a Lua function that gives the loader of a module that is built in, by its name. */
export const builtinModules = "luacov-ts modules";

/** What the package library looks for: what is written in C cannot be loaded, but for modules that are built in. */
export function installModules(state: State, environment: Environment): void {
  const { api, L } = state;
  const { version } = api.machine.compiled;
  setPaths(state, version);
  const remedy = () => nativeLua(version, environment);
  replace(state, "package", "loadlib", (original) => loadlib(state, original, remedy));
  for (const index of [3, 4]) {
    const key = `luacov-ts searcher ${index}`;
    api.load(
      L,
      `local searcher = ...
      local list = package.searchers or package.loaders
      local original = list[${index}]
      list[${index}] = searcher
      return original`,
    );
    state.pushFunction(L, search(state, key, index === 3, remedy));
    api.call(L, 1, 1);
    api.setField(L, api.registry, key);
  }
}

/** As Debian has them: Lua's own, and the folders in which the system installs. */
function setPaths({ api, L }: State, version: WasmVersion): void {
  api.load(
    L,
    `local version, folder = ...
    local share, lib = "/usr/share/lua/" .. version, "/usr/local/lib/lua/" .. version
    local function insert(field, text, more)
      local from, to = string.find(package[field], text, 1, true)
      if not from then return end
      package[field] = string.sub(package[field], 1, to) .. ";" .. more .. string.sub(package[field], to + 1)
    end
    insert("path", lib .. "/?/init.lua", share .. "/?.lua;" .. share .. "/?/init.lua")
    insert("cpath", lib .. "/?.so", folder .. "/?.so;/usr/lib/lua/" .. version .. "/?.so")`,
  );
  api.pushText(L, version);
  api.pushText(L, folderOfLibraries(version));
  api.call(L, 2, 0);
}

/** What can load modules in C, in words that go on after "only". */
function nativeLua(version: WasmVersion, environment: Environment): string {
  const names = [`lua${version}`, `lua${version.replace(".", "")}`, ...(version === "5.1" ? ["luajit"] : [])];
  const found = names.find((name) => isOnPath(name, environment.get("PATH") ?? ""));
  return found === undefined ? "only a native Lua can" : `only a native Lua can (--lua ${found})`;
}

function loadlib(state: State, original: LuaFunction, remedy: () => string): LuaFunction {
  return (L) => {
    original(L);
    state.pushSimple(L, null);
    state.pushBytes(L, bytesOf(`the embedded Lua cannot load libraries in C, ${remedy()}`));
    state.api.pushText(L, "absent");
    return 3;
  };
}

/** How Lua's own searchers say that they cannot load what they have found. */
const cannotLoad = "dynamic libraries not enabled; check your Lua installation";

/** The searcher of C modules, or of those in the library of the module that they are in, by the one that Lua has. */
function search(state: State, key: string, findsBuiltin: boolean, remedy: () => string): LuaFunction {
  const { api } = state;
  return (L) => {
    if (findsBuiltin && pushBuiltin(state, L)) return 1;
    const count = api.getTop(L);
    api.getField(L, api.registry, key);
    api.pushValue(L, 1);
    if (state.unseen.during(L, () => api.protectedCall(L, 1, LUA_MULTRET))) return api.getTop(L) - count;
    const message = Buffer.from(api.toBytes(L, -1) ?? []).toString("latin1");
    if (!message.endsWith(cannotLoad)) return state.raiseValue(L);
    const reason = `it is written in C, which the embedded Lua cannot load: ${remedy()}`;
    return state.raise(L, Buffer.from(message.slice(0, -cannotLoad.length) + reason, "latin1"));
  };
}

function pushBuiltin({ api, unseen }: State, L: number): boolean {
  api.getField(L, api.registry, builtinModules);
  if (api.type(L, -1) === "function" && api.type(L, 1) === "string") {
    api.pushValue(L, 1);
    unseen.during(L, () => api.call(L, 1, 1));
    if (api.type(L, -1) === "function") return true;
  }
  api.pop(L);
  return false;
}
