import { callHook, type LuaHook, type LuaState, lua, traceModule } from "./fengari.js";

/**
 * Called before each instruction of every thread of a program. `L.ci` is the call, its `l_savedpc` the pc after
 * the instruction. It has to leave that in `L.oldpc`, where it finds the pc after the last instruction of the
 * same call: the machine restores it when a callee returns. At the start of a call it is the caller's.
 */
export type Tracer = (L: LuaState) => void;

/** What a program asked for by debug.sethook. */
export interface ProgramHook {
  readonly hook: LuaHook;
  readonly mask: number;
}

/** The hooks of a program by thread; a thread without a hook has none. */
type ProgramHooks = WeakMap<LuaState, ProgramHook>;

/** What `event` of a hook's record may be. */
export const hookEvents = { call: 0, return: 1, line: 2, count: 3, tailCall: 4 } as const;

/** Hears of calls and returns in every thread of a program. */
export type CallListener = (L: LuaState, event: number) => void;

/**
 * A tracer at the place where the virtual machine calls its debug hook: luaG_traceexec, which it calls before
 * each instruction of a thread that has a line hook. A hook set by lua_sethook would be called from there, too,
 * but with a record allocated for each event and two events for most instructions, which costs more than the
 * counting (bench/hook.mjs). The hook itself is for calls and returns, and for the program's own hooks.
 */
export interface Tracing {
  /** The hook of each thread. */
  readonly hook: LuaHook;
  /** The bits that each thread's mask always has. */
  readonly mask: number;
  /** Calls a function under the tracer. */
  run<T>(call: () => T): T;
  /** The program's hook of a thread, null where it has none. */
  own(L: LuaState): ProgramHook | null;
  /** From now on that is called, too. */
  setOwn(L: LuaState, own: ProgramHook | null): void;
  /** From now on, every instruction throws. */
  throwAlways(error: unknown): void;
}

export function createTracing(tracer: Tracer, listener: CallListener | null): Tracing {
  const original = traceModule.luaG_traceexec;
  const own: ProgramHooks = new WeakMap();
  // A thread that is gone with its hook stays counted, which costs no more than before.
  let hooked = 0;
  let isThrowing = false;
  const mask = lua.LUA_MASKLINE | (listener === null ? 0 : lua.LUA_MASKCALL | lua.LUA_MASKRET);
  const callingHooks: Tracer = (L) => {
    const theirs = own.get(L);
    if (theirs !== undefined) callProgramHook(L, theirs.mask, mask, original);
    tracer(L);
  };
  return {
    hook: listener === null ? callOwn(own) : callBoth(listener, own),
    mask,
    run: (call) => {
      traceModule.luaG_traceexec = tracer;
      try {
        return call();
      } finally {
        traceModule.luaG_traceexec = original;
      }
    },
    own: (L) => own.get(L) ?? null,
    setOwn: (L, theirs) => {
      if (own.has(L)) hooked--;
      if (theirs === null) own.delete(L);
      else own.set(L, theirs);
      if (theirs !== null) hooked++;
      // To look for hooks at each instruction takes longer than most of what else is done there.
      if (!isThrowing) traceModule.luaG_traceexec = hooked === 0 ? tracer : callingHooks;
    },
    throwAlways: (error) => {
      isThrowing = true;
      traceModule.luaG_traceexec = () => {
        throw error;
      };
    },
  };
}

/** Makes a thread, and those that it creates, call the tracer. */
export function traceThread(L: LuaState, { hook, mask }: Tracing): void {
  lua.lua_sethook(L, hook, mask, 0);
}

/** Calls a function from a tracer, as the machine calls a hook; not inside of one. */
export function callAsHook(L: LuaState, call: () => void): void {
  const { hook } = L;
  L.hook = () => call();
  try {
    callHook(L, hookEvents.count, -1);
  } finally {
    L.hook = hook;
  }
}

/** A new thread has the hook of the one that made it, and none of the program's. */
function callOwn(own: ProgramHooks): LuaHook {
  return (L, record) => {
    const theirs = own.get(L);
    if (theirs !== undefined && (theirs.mask & bitOf(record.event)) !== 0) theirs.hook(L, record);
  };
}

function callBoth(listener: CallListener, own: ProgramHooks): LuaHook {
  const callTheirs = callOwn(own);
  return (L, record) => {
    if (record.event !== hookEvents.line && record.event !== hookEvents.count) listener(L, record.event);
    callTheirs(L, record);
  };
}

function bitOf(event: number): number {
  return event === hookEvents.tailCall ? lua.LUA_MASKCALL : 1 << event;
}

/**
 * Lets the machine call the program's hook, as if only that one were set. It comes first: an error that it
 * raises keeps the instruction from running, and from being counted.
 */
function callProgramHook(L: LuaState, mask: number, always: number, original: Tracer): void {
  if ((mask & (lua.LUA_MASKLINE | lua.LUA_MASKCOUNT)) === 0) return;
  const previous = L.oldpc;
  L.hookmask = mask;
  try {
    original(L);
  } finally {
    // The hook may have set another one, whose mask has these bits already.
    L.hookmask |= always;
    L.oldpc = previous;
  }
}
