import { type LuaFunction, type LuaState, lua, toFunction, toLuaString, toText } from "../fengari.js";

const anchor = toLuaString("luacov-ts names");

/**
 * Says what functions of libraries are called, as `string.rep`, by what is loaded when somebody asks; `?` for others. It looks
 * on a stack of its own, as it is asked for while an instruction is under way.
 */
export function libraryNames(L: LuaState): (fn: LuaFunction) => string {
  const own = lua.lua_newthread(L);
  lua.lua_setfield(L, lua.LUA_REGISTRYINDEX, anchor);
  return (fn) => namesIn(own).get(fn) ?? "?";
}

/** Names without a library, as `print`, come before those that have one. */
function namesIn(L: LuaState): Map<LuaFunction, string> {
  const names = new Map<LuaFunction, string>();
  lua.lua_getfield(L, lua.LUA_REGISTRYINDEX, toLuaString("_LOADED"));
  lua.lua_getfield(L, -1, toLuaString("_G"));
  addFunctions(L, "", names);
  lua.lua_pop(L, 1);
  eachField(L, (library) => addFunctions(L, `${library}.`, names));
  lua.lua_pop(L, 1);
  return names;
}

/** Those of the table at the top of the stack, if it is one. */
function addFunctions(L: LuaState, prefix: string, names: Map<LuaFunction, string>): void {
  eachField(L, (name) => {
    if (lua.lua_tocfunction(L, -1) === null) return;
    const fn = toFunction(L, -1);
    if (!names.has(fn)) names.set(fn, `${prefix}${name}`);
  });
}

/** Calls back with each value under a text at the top of the stack, where there is a table. */
function eachField(L: LuaState, visit: (name: string) => void): void {
  if (lua.lua_type(L, -1) !== lua.LUA_TTABLE) return;
  lua.lua_pushnil(L);
  while (lua.lua_next(L, -2) !== 0) {
    const name = lua.lua_type(L, -2) === lua.LUA_TSTRING ? lua.lua_tolstring(L, -2) : null;
    if (name !== null) visit(toText(name));
    lua.lua_pop(L, 1);
  }
}
