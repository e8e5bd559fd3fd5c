import { type LuaState, lauxlib, lua, toText } from "./fengari.js";

/** Where a thread is: the file and line that it executes, and its traceback. */
export function whereIs(L: LuaState): { readonly place: string; readonly traceback: string } {
  const { p } = L.ci.func.value;
  const source = toText(p.source.getstr()).replace(/^[@=]/, "");
  const line = p.lineinfo[L.ci.l_savedpc - 1];
  lauxlib.luaL_traceback(L, L, null, 0);
  const traceback = lua.lua_tolstring(L, -1);
  lua.lua_pop(L, 1);
  return {
    place: line === undefined ? source : `${source}:${line}`,
    traceback: traceback === null ? "" : toText(traceback),
  };
}
