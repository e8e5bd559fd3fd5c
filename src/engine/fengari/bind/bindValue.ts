import { failureOf } from "../../host/primitives/failure.js";
import type { Value } from "../../host/primitives/value.js";
import { Refusal } from "../../host/sandbox/refusal.js";
import { type LuaState, lauxlib, lua, pushBytes, toLuaString } from "../fengari.js";

/** Numbers beyond it are no integers in fengari. */
const isInteger = (value: number) => (value | 0) === value && !Object.is(value, -0);

/** Pushes what a primitive returned. */
export function pushValue(L: LuaState, value: Value): void {
  if (value === null) lua.lua_pushnil(L);
  else if (typeof value === "number") pushNumber(L, value);
  else if (typeof value === "boolean") lua.lua_pushboolean(L, value);
  else if (value instanceof Uint8Array) pushBytes(L, new Uint8Array(value));
  else pushTable(L, value);
}

function pushNumber(L: LuaState, value: number): void {
  if (isInteger(value)) lua.lua_pushinteger(L, value);
  else lua.lua_pushnumber(L, value);
}

function pushTable(L: LuaState, value: readonly Value[] | { readonly [field: string]: Value }): void {
  lua.lua_createtable(L, 0, 0);
  if (isList(value)) {
    for (const [index, each] of value.entries()) {
      pushValue(L, each);
      lua.lua_rawseti(L, -2, index + 1);
    }
    return;
  }
  for (const [field, each] of Object.entries(value)) {
    pushValue(L, each);
    lua.lua_setfield(L, -2, toLuaString(field));
  }
}

function isList(value: object): value is readonly Value[] {
  return Array.isArray(value);
}

/** An argument of a primitive: our own Lua passes no tables and no functions. */
export function toValue(L: LuaState, index: number): Value {
  const type = lua.lua_type(L, index);
  if (type === lua.LUA_TNUMBER) return lua.lua_tonumber(L, index);
  if (type === lua.LUA_TSTRING) return lua.lua_tolstring(L, index);
  return lua.lua_isboolean(L, index) ? lua.lua_toboolean(L, index) : null;
}

/** Pushes nil, the message of strerror and errno for what the system refused; anything else is a bug. */
export function pushFailure(L: LuaState, error: unknown): number {
  if (error instanceof Refusal) return lauxlib.luaL_error(L, toLuaString("%s"), error.text);
  const failure = failureOf(error);
  if (failure === null) throw error;
  lua.lua_pushnil(L);
  lua.lua_pushstring(L, toLuaString(failure.message));
  lua.lua_pushinteger(L, failure.errno);
  return 3;
}
