import { type LuaState, lua, toFunction, toLuaString } from "./fengari.js";
import type { Tracing } from "./trace.js";

/**
 * Gives a traced state a debug.sethook and debug.gethook that know only of the program's own hooks. Those are
 * kept aside; the thread's own hook and mask are always what the tracing needs, and more.
 */
export function installHooks(L: LuaState, tracing: Tracing): void {
  lua.lua_getglobal(L, toLuaString("debug"));
  replace(L, "sethook", (L1, sethook) => {
    const thread = threadArgument(L1);
    const results = sethook(L1);
    const { hook, hookmask: mask } = thread;
    tracing.setOwn(thread, hook === null ? null : { hook, mask });
    thread.hook = tracing.hook;
    thread.hookmask = mask | tracing.mask;
    return results;
  });
  replace(L, "gethook", (L1, gethook) => {
    const thread = threadArgument(L1);
    const { hook, hookmask } = thread;
    const theirs = tracing.own(thread);
    thread.hook = theirs?.hook ?? null;
    thread.hookmask = theirs?.mask ?? 0;
    const results = gethook(L1);
    thread.hook = hook;
    thread.hookmask = hookmask;
    return results;
  });
  lua.lua_pop(L, 1);
}

/** The thread that a function of the debug library is about: its first argument, or the running one. */
function threadArgument(L: LuaState): LuaState {
  return lua.lua_isthread(L, 1) ? lua.lua_tothread(L, 1) : L;
}

type Original = (L: LuaState) => number;

function replace(L: LuaState, key: string, replacement: (L: LuaState, original: Original) => number): void {
  lua.lua_getfield(L, -1, toLuaString(key));
  const original = toFunction(L, -1);
  lua.lua_pushcfunction(L, (L1) => replacement(L1, original));
  lua.lua_setfield(L, -3, toLuaString(key));
  lua.lua_pop(L, 1);
}
