import type { Around } from "../around.js";
import { type LuaFunction, type LuaState, lauxlib, lua, pushOf, toLuaString, toText } from "../fengari.js";

/** The error that a library function in Lua wants to be raised in its own name. */
type Raised =
  | { readonly kind: "argument"; readonly argument: number; readonly text: Uint8Array }
  | { readonly kind: "type"; readonly argument: number; readonly text: Uint8Array }
  | { readonly kind: "message"; readonly text: Uint8Array };

const FORMAT = toLuaString("%s");
const NAME = toLuaString("__name");

/** Pushes a value. */
export type Push = (L: LuaState) => void;
/** Pushes what a file of src/lua returns. */
export type Import = (L: LuaState, file: string) => void;

/**
 * Makes library functions that are written in Lua look like C functions, whatever looks at them: each is called
 * by a function of the engine, which raises its errors once no Lua of ours is left on the stack. So a message
 * names the line of the caller and the function as the caller wrote it, and a traceback has one line for it.
 * While it runs hooks are off, unless it is `traced`, because it calls code of the program's.
 */
export function exporter(
  around: Pick<Around, "stop">,
  importFile: Import,
): Readonly<Record<string, LuaFunction>> {
  let raised: Raised | null = null;
  const raise = (L: LuaState, error: Raised): never => {
    raised = error;
    lua.lua_pushnil(L);
    return lua.lua_error(L);
  };

  const call = (L: LuaState, push: Push, traced: boolean): number => {
    const count = lua.lua_gettop(L);
    const status = callWith(L, push, count, traced);
    if (around.stop.reason !== null) throw around.stop;
    if (status === lua.LUA_OK) return lua.lua_gettop(L) - count;
    const error = raised;
    raised = null;
    if (error === null) return lua.lua_error(L);
    lua.lua_settop(L, count);
    return raiseAtCaller(L, error);
  };

  return {
    export: (L) => {
      const push = pushOf(L, 1);
      lua.lua_pushcfunction(L, (L1) => call(L1, push, false));
      return 1;
    },
    exportfrom: (L) => {
      const file = toText(textAt(L, 1));
      const name = textAt(L, 2);
      const traced = lua.lua_toboolean(L, 3);
      let push: Push | null = null;
      lua.lua_pushcfunction(L, (L1) => {
        push ??= fieldOf(L1, importFile, file, name);
        return call(L1, push, traced);
      });
      return 1;
    },
    argerror: (L) => raise(L, { kind: "argument", argument: lua.lua_tonumber(L, 1), text: textAt(L, 2) }),
    typeerror: (L) => raise(L, { kind: "type", argument: lua.lua_tonumber(L, 1), text: textAt(L, 2) }),
    raise: (L) => raise(L, { kind: "message", text: textAt(L, 1) }),
  };
}

function fieldOf(L: LuaState, importFile: Import, file: string, name: Uint8Array): Push {
  importFile(L, file);
  lua.lua_getfield(L, -1, name);
  const push = pushOf(L, -1);
  lua.lua_pop(L, 2);
  return push;
}

/** Calls a function with copies of the first `count` values of the stack; they stay for messages about them. */
function callWith(L: LuaState, push: (L: LuaState) => void, count: number, traced: boolean): number {
  lua.lua_checkstack(L, count + 8);
  push(L);
  for (let index = 1; index <= count; index++) lua.lua_pushvalue(L, index);
  if (traced) return lua.lua_pcall(L, count, lua.LUA_MULTRET, 0);
  const mask = L.hookmask;
  L.hookmask = 0;
  try {
    return lua.lua_pcall(L, count, lua.LUA_MULTRET, 0);
  } finally {
    // What a file is loaded for may have set another hook.
    if (L.hookmask === 0) L.hookmask = mask;
  }
}

function raiseAtCaller(L: LuaState, error: Raised): number {
  switch (error.kind) {
    case "argument":
      return lauxlib.luaL_argerror(L, error.argument, error.text);
    case "type":
      return lauxlib.luaL_argerror(L, error.argument, typeMessage(L, error.argument, error.text));
    case "message":
      return lauxlib.luaL_error(L, FORMAT, error.text);
  }
}

/** As lauxlib.c: `string expected, got no value`. */
function typeMessage(L: LuaState, argument: number, expected: Uint8Array): Uint8Array {
  return Buffer.concat([expected, toLuaString(" expected, got "), typeName(L, argument)]);
}

function typeName(L: LuaState, index: number): Uint8Array {
  const hasName = lauxlib.luaL_getmetafield(L, index, NAME) === lua.LUA_TSTRING;
  const name = hasName ? lua.lua_tolstring(L, -1) : null;
  if (name !== null) return name;
  const type = lua.lua_type(L, index);
  return type === lua.LUA_TLIGHTUSERDATA ? toLuaString("light userdata") : lua.lua_typename(L, type);
}

function textAt(L: LuaState, index: number): Uint8Array {
  return lua.lua_tolstring(L, index) ?? FORMAT;
}
