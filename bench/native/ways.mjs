// The ways of running a Lua program, each as what is in its environment: as it is, measured by luacov-ts, by LuaCov, by
// cluacov's hook in C, and with a hook for lines that does nothing, which is the least that a hook in Lua costs.
import { existsSync } from "node:fs";
import path from "node:path";

const { LUACOV_PATH, CLUACOV_PATH, LUA_PATH = ";;", LUA_CPATH = ";;" } = process.env;
const luacov = LUACOV_PATH && path.resolve(LUACOV_PATH, "src/?.lua");

/** The environment of a program that `lua` runs by itself. */
export function plain() {
  return {};
}

export function emptyHook() {
  return { LUA_INIT: 'debug.sethook(function() end, "l")' };
}

/** LuaCov, or null where LUACOV_PATH names no checkout of it. */
export function luacovOf() {
  return luacov ? { LUA_PATH: `${luacov};${LUA_PATH}` } : null;
}

/** LuaCov with the hook of cluacov, or null where CLUACOV_PATH/<lua> has no cluacov/hook.so and cluacov/version.lua. */
export function cluacovOf(lua) {
  const folder = CLUACOV_PATH && path.resolve(CLUACOV_PATH, lua);
  if (!luacov || !folder || !existsSync(path.join(folder, "cluacov/hook.so"))) return null;
  return {
    LUA_PATH: `${path.join(folder, "?.lua")};${luacov};${LUA_PATH}`,
    LUA_CPATH: `${path.join(folder, "?.so")};${LUA_CPATH}`,
  };
}

/** Makes a program start LuaCov, as `lua -lluacov` does. */
export function fromStart(environment) {
  return environment && { ...environment, LUA_INIT: 'require "luacov"' };
}
