import { type LuaState, lauxlib, lua, openLibraries, toLuaString, toText } from "../fengari.js";
import { Stop } from "../stop.js";
import { callWithin } from "./callWithin.js";

/** A value of Lua's as one of JavaScript's: tables are objects, with the numbers of items as keys; null for a function. */
export type RockspecValue = string | number | boolean | null | RockspecTable;
export interface RockspecTable {
  readonly [key: string]: RockspecValue;
}

export type RockspecFile =
  | { readonly ok: true; readonly fields: RockspecTable }
  /** Why there is nothing, in words. */
  | { readonly ok: false; readonly reason: string };

/** No rockspec is deeper; a table that holds itself is. */
const deepest = 8;

/**
 * Runs the text of a rockspec in a Lua state that has no global, as LuaRocks does, for as long as a limit in
 * milliseconds allows, and gives the globals that it sets.
 */
export function readRockspecFile(text: Uint8Array, limit: number): RockspecFile {
  const stop = new Stop();
  const L = lauxlib.luaL_newstate();
  openLibraries(L);
  // Texts have their methods, and one call of this may take as long as it likes.
  lua.lua_getglobal(L, toLuaString("string"));
  lua.lua_pushnil(L);
  lua.lua_setfield(L, -2, toLuaString("rep"));
  lua.lua_settop(L, 0);
  lua.lua_createtable(L, 0, 0);
  const status = lauxlib.luaL_loadbufferx(L, text, text.length, toLuaString("=line"), toLuaString("t"));
  if (status !== lua.LUA_OK) return { ok: false, reason: messageAt(L) };
  lua.lua_pushvalue(L, 1);
  if (lua.lua_setupvalue(L, -2, 1) === null) lua.lua_pop(L, 1);
  const ended = callWithin(L, stop, limit, 0);
  if (stop.reason !== null) return { ok: false, reason: `it runs longer than ${limit / 1000} s` };
  if (ended !== lua.LUA_OK) return { ok: false, reason: messageAt(L) };
  return { ok: true, fields: tableAt(L, 1, 0) };
}

function messageAt(L: LuaState): string {
  const text = lua.lua_tolstring(L, -1);
  return text === null ? "it fails" : toText(text).replace(/^line:/, "line ");
}

function tableAt(L: LuaState, index: number, depth: number): RockspecTable {
  const entries: [string, RockspecValue][] = [];
  if (depth === deepest || !lua.lua_checkstack(L, 4)) return {};
  lua.lua_pushnil(L);
  while (lua.lua_next(L, index) !== 0) {
    const value = valueAt(L, lua.lua_gettop(L), depth);
    lua.lua_pop(L, 1);
    const key = valueAt(L, lua.lua_gettop(L), deepest);
    if (typeof key === "string" || typeof key === "number") entries.push([String(key), value]);
  }
  return Object.fromEntries(entries);
}

function valueAt(L: LuaState, index: number, depth: number): RockspecValue {
  if (lua.lua_isboolean(L, index)) return lua.lua_toboolean(L, index);
  const type = lua.lua_type(L, index);
  if (type === lua.LUA_TNUMBER) return lua.lua_tonumber(L, index);
  if (type === lua.LUA_TTABLE) return tableAt(L, index, depth + 1);
  const text = type === lua.LUA_TSTRING ? lua.lua_tolstring(L, index) : null;
  return text === null ? null : toText(text);
}
