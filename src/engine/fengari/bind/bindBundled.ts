import { type LuaFunction, type LuaState, lua, pushOf, toLuaString, toText } from "../fengari.js";
import type { Import, Push } from "./bindExport.js";

/** Our assertions, and modules that belong to them. */
const named = /^(say|luassert)(\.|$)/;

/** Lets `require` find the assertions of src/lua where package.path has no others. They are loaded for programs that ask for them. */
export function installBundled(L: LuaState, importFile: Import): void {
  let push: Push | null = null;
  const searcher: LuaFunction = (L1) => {
    const name = lua.lua_tolstring(L1, 1);
    if (name === null || !named.test(toText(name))) return 0;
    push ??= searcherOf(L1, importFile);
    push(L1);
    lua.lua_pushvalue(L1, 1);
    lua.lua_call(L1, 1, 1);
    return 1;
  };
  insertSearcher(L, searcher);
}

function searcherOf(L: LuaState, importFile: Import): Push {
  importFile(L, "bundled");
  lua.lua_getfield(L, -1, toLuaString("searcher"));
  lua.lua_getfield(L, -2, toLuaString("modules"));
  lua.lua_call(L, 1, 1);
  const push = pushOf(L, -1);
  lua.lua_pop(L, 2);
  return push;
}

/** Behind the searcher for what is preloaded, ahead of those for files. */
function insertSearcher(L: LuaState, searcher: LuaFunction): void {
  lua.lua_getglobal(L, toLuaString("package"));
  lua.lua_getfield(L, -1, toLuaString("searchers"));
  for (let place = lua.lua_rawlen(L, -1); place >= 2; place--) {
    lua.lua_rawgeti(L, -1, place);
    lua.lua_rawseti(L, -2, place + 1);
  }
  lua.lua_pushcfunction(L, searcher);
  lua.lua_rawseti(L, -2, 2);
  lua.lua_pop(L, 2);
}
