import { type CallInfo, type LuaState, lauxlib, lua, toText } from "./fengari.js";

/** Where a thread is: the file and line that it executes, and its traceback. */
export function whereIs(L: LuaState): { readonly place: string; readonly traceback: string } {
  const { func, l_savedpc } = ownCall(L);
  const { p } = func.value;
  const source = toText(p.source.getstr()).replace(/^[@=]/, "");
  const line = p.lineinfo[l_savedpc - 1];
  lauxlib.luaL_traceback(L, L, null, 0);
  const traceback = lua.lua_tolstring(L, -1);
  lua.lua_pop(L, 1);
  return {
    place: line === undefined ? source : `${source}:${line}`,
    traceback: traceback === null ? "" : toText(traceback),
  };
}

/** The innermost call of the program's own Lua, if there is one: the Lua that we ship has no lines. */
function ownCall(L: LuaState): CallInfo {
  for (let call: CallInfo | null = L.ci; call !== null; call = call.previous) {
    // A function in C has no proto, and what stands below the first one is no function.
    const value: Partial<CallInfo["func"]["value"]> | null = call.func.value;
    if (value?.p !== undefined && value.p.lineinfo.length > 0) return call;
  }
  return L.ci;
}
