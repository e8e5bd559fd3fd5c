import { type LuaState, lua, traceModule } from "./fengari.js";

/**
 * Called before each instruction of every thread of a program. `L.ci` is the call, its `l_savedpc` the pc after
 * the instruction. It has to leave that in `L.oldpc`, where it finds the pc after the last instruction of the
 * same call: the machine restores it when a callee returns. At the start of a call it is the caller's.
 */
export type Tracer = (L: LuaState) => void;

/**
 * Runs a program with a tracer at the place where the virtual machine calls its debug hook: luaG_traceexec,
 * which it calls before each instruction of a thread that has a line hook. A hook set by lua_sethook would be
 * called from there, too, but with a record allocated for each event and two events for most instructions,
 * which costs more than the counting (bench/hook.mjs). It also leaves the hook itself to the program.
 */
export function withTracer<T>(tracer: Tracer | null, run: () => T): T {
  if (tracer === null) return run();
  const original = traceModule.luaG_traceexec;
  traceModule.luaG_traceexec = tracer;
  try {
    return run();
  } finally {
    traceModule.luaG_traceexec = original;
  }
}

/** Makes a thread, and those that it creates, call the tracer. */
export function traceThread(L: LuaState): void {
  lua.lua_sethook(L, () => {}, lua.LUA_MASKLINE, 0);
}
