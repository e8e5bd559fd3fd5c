import { type CallInfo, type LuaState, lauxlib, lua, toText } from "./fengari.js";

/** Where a thread is: the file and line that it executes, and its traceback. `file` is where it has not yet begun. */
export function whereIs(L: LuaState, file: string): { readonly place: string; readonly traceback: string } {
  const call = ownCall(L);
  if (call === null) return { place: file, traceback: "" };
  const { p } = call.func.value;
  const source = toText(p.source.getstr()).replace(/^[@=]/, "");
  const line = p.lineinfo[call.l_savedpc - 1];
  return { place: line === undefined ? source : `${source}:${line}`, traceback: tracebackOf(L) };
}

/** What a traceback pushes, which itself asks for less: where it leaves levels out, it joins none of their parts. */
const tracebackSlots = 20;

function tracebackOf(L: LuaState): string {
  if (!lua.lua_checkstack(L, tracebackSlots)) return "";
  lauxlib.luaL_traceback(L, L, null, 0);
  const traceback = lua.lua_tolstring(L, -1);
  lua.lua_pop(L, 1);
  return traceback === null ? "" : toText(traceback);
}

/** How many calls of a thread are under way. */
export function levelsOf(L: LuaState): number {
  let levels = 0;
  for (let call: CallInfo | null = L.ci; call !== null; call = call.previous) levels++;
  return levels;
}

/** The innermost call of the program's own Lua, if there is one: the Lua that we ship has no lines. */
function ownCall(L: LuaState): CallInfo | null {
  for (let call: CallInfo | null = L.ci; call !== null; call = call.previous) {
    // A function in C has no proto, and what stands below the first one is no function, or nothing.
    const { func }: { readonly func?: { readonly value: Partial<CallInfo["func"]["value"]> | null } } = call;
    const proto = func?.value?.p;
    if (proto !== undefined && proto.lineinfo.length > 0) return call;
  }
  return null;
}
