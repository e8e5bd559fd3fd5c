import { libraryPath } from "../../host/cpath.js";
import type { Primitive, Primitives } from "../../host/primitives/value.js";
import type { Around } from "../around.js";
import { type LuaFunction, type LuaState, lauxlib, lua, pushOf, toLuaString, toText } from "../fengari.js";
import { loadHostChunk } from "./bindChunks.js";
import { exporter, type Import, type Push } from "./bindExport.js";
import { handleFunctions } from "./bindHandle.js";
import { pushFailure, pushValue, toValue } from "./bindValue.js";
import { writers } from "./bindWrite.js";

const EMPTY = toLuaString("");
const ENVIRONMENT = toLuaString("environment");
/** What of our files is made of the host alone, and knows no other platform. */
const ofHost = /^(host|platform)\//;

/**
 * Opens the host libraries of src/lua in a state that has the standard ones. What they need of an engine is
 * this table, which each of their files gets as its argument:
 *
 * - `sys`: the primitives; a refused one returns nil, the message of strerror and errno;
 * - `export(f)`: `f` as a C function; `argerror(n, text)`, `typeerror(n, expected)` and `raise(text)` end it;
 *   `exportfrom(file, name, traced)`: the same for the field of what a file returns, loaded at the first call;
 * - `metatable(name)`: the one registered under its name; `userdata(metatable, value)` and
 *   `value(userdata, metatable)`, which is nil for anything else;
 * - `import(file)`: what another file returns; `environment`: the globals of those files. The runners and assertions get
 *   instead of this table what platform/embedded makes of it;
 * - `writer(f, isMethod)`: `f`, a `write` made by exportfrom, with a short way for strings; `output(handle)` says
 *   where the one that is no method writes to;
 * - `endcounting(isOver)`: whether what runs from now on is not counted;
 * - `loadfile`: Lua's; `cpath`: the value of package.cpath.
 *
 * Returns what pushes the result of such a file, and this table.
 */
export function bindHost(L: LuaState, around: Pick<Around, "host" | "stop">): Bound {
  lua.lua_createtable(L, 0, 12);
  const pushHost = pushOf(L, -1);
  const push = importer(pushHost, around);
  for (const functions of [exporter(around, push), handleFunctions, writers(around)])
    setFunctions(L, functions);
  setFunctions(L, { metatable, import: importFunction(push), endcounting: endCounting(around) });
  lua.lua_getglobal(L, toLuaString("loadfile"));
  lua.lua_setfield(L, -2, toLuaString("loadfile"));
  lua.lua_pushstring(L, toLuaString(libraryPath()));
  lua.lua_setfield(L, -2, toLuaString("cpath"));
  loadHostChunk(L, "platform/environment");
  lua.lua_call(L, 0, 1);
  lua.lua_setfield(L, -2, ENVIRONMENT);
  loadHostChunk(L, "host/open");
  lua.lua_insert(L, -2);
  lua.lua_call(L, 1, 0);
  return { importFile: push, pushHost };
}

export interface Bound {
  readonly importFile: Import;
  readonly pushHost: Push;
}

/** Sets fields of the table at the top. */
export function setFunctions(L: LuaState, functions: Readonly<Record<string, LuaFunction>>): void {
  for (const [name, each] of Object.entries(functions)) {
    lua.lua_pushcfunction(L, each);
    lua.lua_setfield(L, -2, toLuaString(name));
  }
}

function pushPrimitives(L: LuaState, primitives: Primitives): void {
  lua.lua_createtable(L, 0, Object.keys(primitives).length);
  for (const [name, primitive] of Object.entries(primitives)) {
    lua.lua_pushcfunction(L, (L1) => callPrimitive(L1, primitive));
    lua.lua_setfield(L, -2, toLuaString(name));
  }
}

function callPrimitive(L: LuaState, primitive: Primitive): number {
  // Our own Lua passes what the primitive's signature asks for.
  const call = primitive as (...args: unknown[]) => ReturnType<Primitive>;
  const count = lua.lua_gettop(L);
  const args: unknown[] = [];
  for (let index = 1; index <= count; index++) args.push(toValue(L, index));
  try {
    pushValue(L, call(...args));
    return 1;
  } catch (error) {
    return pushFailure(L, error);
  }
}

function metatable(L: LuaState): number {
  lauxlib.luaL_newmetatable(L, lua.lua_tolstring(L, 1) ?? EMPTY);
  return 1;
}

/**
 * Pushes what a file returns, which runs once in a state, without hooks: nothing in it is the program's. The first
 * one needs the primitives.
 */
function importer(pushHost: Push, around: Pick<Around, "host">): Import {
  const results = new Map<string, Push>();
  const push: Import = (L, name) => {
    const known = results.get(name);
    if (known !== undefined) return known(L);
    if (results.size === 0) setPrimitives(L, pushHost, around.host.primitives());
    results.set(name, () => {
      throw new Error(`the host library ${name} imports itself`);
    });
    loadHostChunk(L, name);
    pushHost(L);
    lua.lua_getfield(L, -1, ENVIRONMENT);
    lua.lua_setupvalue(L, -3, 1);
    if (!ofHost.test(name)) {
      lua.lua_pop(L, 1);
      push(L, "platform/embedded");
    }
    const mask = L.hookmask;
    L.hookmask = 0;
    lua.lua_call(L, 1, 1);
    L.hookmask = mask;
    results.set(name, pushOf(L, -1));
  };
  return push;
}

function setPrimitives(L: LuaState, pushHost: Push, primitives: Primitives): void {
  pushHost(L);
  pushPrimitives(L, primitives);
  lua.lua_setfield(L, -2, toLuaString("sys"));
  lua.lua_pop(L, 1);
}

function endCounting(around: Pick<Around, "stop">): LuaFunction {
  return (L) => {
    around.stop.isCountingOver = lua.lua_toboolean(L, 1);
    return 0;
  };
}

function importFunction(push: Import): LuaFunction {
  return (L) => {
    push(L, toText(lauxlib.luaL_checklstring(L, 1)));
    return 1;
  };
}
