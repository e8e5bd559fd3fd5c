import { type LuaFunction, type LuaState, lua, toFunction, toLuaString } from "../fengari.js";
import { ipairsWithMetamethod, tonumberWithBase } from "./base.js";
import "./hostErrors.js";
import "./tables/installTables.js";
import { mathFunctions } from "./numbers/math.js";
import "./nativeErrors.js";
import { randomFunctions } from "./numbers/random.js";
import { stringFunctions } from "./strings.js";
import { tableFunctions } from "./tables/tables.js";

type Functions = Readonly<Record<string, LuaFunction>>;

/** What replaces or adds to the libraries of a state, by their names. */
const libraries = (): Readonly<Record<string, Functions>> => ({
  math: { ...mathFunctions, ...randomFunctions() },
  string: stringFunctions,
  table: tableFunctions,
});

/** Makes a state that has all libraries behave as Debian's lua5.3 does, which has the options of Lua 5.2. */
export function installFidelity(L: LuaState): void {
  for (const [library, functions] of Object.entries(libraries())) {
    lua.lua_getglobal(L, toLuaString(library));
    for (const [name, each] of Object.entries(functions)) {
      lua.lua_pushcfunction(L, each);
      lua.lua_setfield(L, -2, toLuaString(name));
    }
    lua.lua_pop(L, 1);
  }
  lua.lua_getglobal(L, toLuaString("math"));
  lua.lua_getfield(L, -1, toLuaString("atan"));
  lua.lua_setfield(L, -2, toLuaString("atan2"));
  lua.lua_pop(L, 1);
  wrapGlobal(L, "ipairs", ipairsWithMetamethod);
  wrapGlobal(L, "tonumber", tonumberWithBase);
}

function wrapGlobal(L: LuaState, name: string, wrap: (original: LuaFunction) => LuaFunction): void {
  lua.lua_getglobal(L, toLuaString(name));
  lua.lua_pushcfunction(L, wrap(toFunction(L, -1)));
  lua.lua_setglobal(L, toLuaString(name));
  lua.lua_pop(L, 1);
}
