import { getHeapStatistics } from "node:v8";
import type { Around } from "../around.js";
import { type LuaFunction, type LuaState, lauxlib, lua, toFunction, toLuaString } from "../fengari.js";

const TAB = toLuaString("\t");
const NEWLINE = toLuaString("\n");
const TOSTRING = toLuaString("tostring");
const COLLECT = toLuaString("collect");
const collectorOptions = [
  "stop",
  "restart",
  "collect",
  "count",
  "step",
  "setpause",
  "setstepmul",
  "isrunning",
].map(toLuaString);

/** The functions of the base library that write, or that ask for the garbage collector. */
export function baseFunctions(
  L: LuaState,
  around: Pick<Around, "host">,
): Readonly<Record<string, LuaFunction>> {
  lua.lua_getglobal(L, TOSTRING);
  const original = toFunction(L, -1);
  lua.lua_pop(L, 1);
  return { print: printer(around, original), collectgarbage: collector() };
}

function printer(around: Pick<Around, "host">, original: LuaFunction): LuaFunction {
  return (L) => {
    const count = lua.lua_gettop(L);
    const parts: Uint8Array[] = [];
    lua.lua_getglobal(L, TOSTRING);
    const convert = lua.lua_tocfunction(L, -1) === original ? toBytes : tostring;
    for (let index = 1; index <= count; index++) {
      if (index > 1) parts.push(TAB);
      parts.push(convert(L, index));
    }
    parts.push(NEWLINE);
    around.host.print(Buffer.concat(parts));
    return 0;
  };
}

/** What Lua's own tostring does. */
function toBytes(L: LuaState, index: number): Uint8Array {
  const text = lauxlib.luaL_tolstring(L, index);
  lua.lua_pop(L, 1);
  return text;
}

/** What `print` calls: the program's own global `tostring`, at the top, which must return a string. */
function tostring(L: LuaState, index: number): Uint8Array {
  lua.lua_pushvalue(L, -1);
  lua.lua_pushvalue(L, index);
  lua.lua_call(L, 1, 1);
  const text = lua.lua_tolstring(L, -1);
  lua.lua_pop(L, 1);
  if (text !== null) return text;
  lauxlib.luaL_error(L, toLuaString("'tostring' must return a string to 'print'"));
  return NEWLINE;
}

/**
 * `collectgarbage`: JavaScript's collector runs when it likes, so this only remembers what it is told. The
 * count is the memory in use by the whole process's JavaScript, in KB.
 */
function collector(): LuaFunction {
  const settings = { pause: 200, stepmul: 200, running: true };
  const set = (L: LuaState, name: "pause" | "stepmul") => {
    const previous = settings[name];
    settings[name] = lauxlib.luaL_optinteger(L, 2, 0);
    return pushed(L, previous);
  };
  const actions: readonly LuaFunction[] = [
    (L) => running(L, settings, false),
    (L) => running(L, settings, true),
    (L) => pushed(L, 0),
    count,
    (L) => pushed(L, true),
    (L) => set(L, "pause"),
    (L) => set(L, "stepmul"),
    (L) => pushed(L, settings.running),
  ];
  return (L) => actions[lauxlib.luaL_checkoption(L, 1, COLLECT, collectorOptions)]?.(L) ?? 0;
}

function count(L: LuaState): number {
  lua.lua_pushnumber(L, getHeapStatistics().used_heap_size / 1024);
  return 1;
}

function running(L: LuaState, settings: { running: boolean }, value: boolean): number {
  settings.running = value;
  return pushed(L, 0);
}

function pushed(L: LuaState, value: number | boolean): number {
  if (typeof value === "boolean") lua.lua_pushboolean(L, value);
  else lua.lua_pushinteger(L, value);
  return 1;
}
