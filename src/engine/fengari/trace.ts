import { type LuaState, lua, traceModule } from "./fengari.js";

/**
 * Called before each instruction of every thread of a program. `L.ci` is the call, its `l_savedpc` the pc after
 * the instruction. It has to leave that in `L.oldpc`, where it finds the pc after the last instruction of the
 * same call: the machine restores it when a callee returns. At the start of a call it is the caller's.
 */
export type Tracer = (L: LuaState) => void;

/** What a program asked for by debug.sethook: the mask by thread; a thread without a hook has none. */
export type HookMasks = WeakMap<LuaState, number>;

/**
 * A tracer at the place where the virtual machine calls its debug hook: luaG_traceexec, which it calls before
 * each instruction of a thread that has a line hook. A hook set by lua_sethook would be called from there, too,
 * but with a record allocated for each event and two events for most instructions, which costs more than the
 * counting (bench/hook.mjs). It also leaves the hook itself to the program.
 */
export interface Tracing {
  /** Calls a function under the tracer. */
  run<T>(call: () => T): T;
  /** From now on, the hooks of the program are called, too. */
  callHooks(masks: HookMasks): void;
  /** From now on, every instruction throws. */
  throwAlways(error: unknown): void;
}

/** The hook of threads whose program has set none: only that there is one makes the machine trace. */
export const noHook = (): void => {};

export function createTracing(tracer: Tracer): Tracing {
  const original = traceModule.luaG_traceexec;
  return {
    run: (call) => {
      traceModule.luaG_traceexec = tracer;
      try {
        return call();
      } finally {
        traceModule.luaG_traceexec = original;
      }
    },
    callHooks: (masks) => {
      traceModule.luaG_traceexec = (L) => {
        if (L.hook !== noHook) callProgramHook(L, masks, original);
        tracer(L);
      };
    },
    throwAlways: (error) => {
      traceModule.luaG_traceexec = () => {
        throw error;
      };
    },
  };
}

/** Makes a thread, and those that it creates, call the tracer. */
export function traceThread(L: LuaState): void {
  lua.lua_sethook(L, noHook, lua.LUA_MASKLINE, 0);
}

/**
 * Lets the machine call the program's hook, as if only that one were set. It comes first: an error that it
 * raises keeps the instruction from running, and from being counted.
 */
function callProgramHook(L: LuaState, masks: HookMasks, original: Tracer): void {
  const mask = masks.get(L) ?? 0;
  if ((mask & (lua.LUA_MASKLINE | lua.LUA_MASKCOUNT)) === 0) return;
  const previous = L.oldpc;
  L.hookmask = mask;
  try {
    original(L);
  } finally {
    // The hook may have set another one, whose mask has the line bit already.
    L.hookmask |= lua.LUA_MASKLINE;
    L.oldpc = previous;
  }
}
