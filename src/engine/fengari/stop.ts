import type { Exit } from "../../types.js";
import type { Around } from "./around.js";
import { type LuaFunction, type LuaState, lua, toFunction, toLuaString } from "./fengari.js";

/** Why a program has to end at once. */
export type StopReason = Extract<
  Exit,
  { readonly kind: "exited" | "interrupted" | "timed out" | "out of memory" | "out of instructions" }
>;

/** Thrown through Lua to end the program; no Lua code may catch it. */
export class Stop {
  reason: StopReason | null = null;
  /** Whether the program has asked that what runs from now on is not counted. */
  isCountingOver = false;
  #beforeUnwinding: () => void = () => {};

  /**
   * Has a function called when the program is to end, before it unwinds. It is not assigned where it is written: V8 makes such a
   * function among old objects, and what it holds, here the whole state, stayed until the whole heap was collected.
   */
  beforeUnwinding(call: () => void): void {
    this.#beforeUnwinding = call;
  }

  /** Ends the running program. Must be called from inside it. */
  now(reason: StopReason): never {
    this.reason ??= reason;
    this.#beforeUnwinding();
    throw this;
  }
}

type Stoppable = Pick<Around, "stop">;

/**
 * Makes a state obey its `stop`. fengari's protected calls catch every JavaScript exception, so each library
 * function that contains one throws again as soon as it sees that the program has been stopped.
 */
export function installStop(L: LuaState, around: Stoppable): void {
  lua.lua_atnativeerror(L, (L1) => nativeError(L1, around));
  for (const name of ["pcall", "xpcall", "load"]) {
    lua.lua_getglobal(L, toLuaString(name));
    lua.lua_pushcfunction(L, guarded(toFunction(L, -1), around));
    lua.lua_setglobal(L, toLuaString(name));
    lua.lua_pop(L, 1);
  }
  lua.lua_getglobal(L, toLuaString("coroutine"));
  replaceField(L, "resume", (resume) => guarded(resume, around));
  replaceField(L, "wrap", (wrap) => guardedWrap(wrap, around));
  lua.lua_pop(L, 1);
}

/** Turns a JavaScript exception that a protected call caught into a Lua error, unless it is the stop. */
function nativeError(L: LuaState, { stop }: Stoppable): number {
  const error = lua.lua_touserdata(L, 1);
  if (stop.reason !== null) throw stop;
  lua.lua_pushstring(L, toLuaString(nativeMessage(error)));
  return 1;
}

/** JavaScript's RangeError is either a full stack or something larger than it can make: an array, a map, a string. */
function nativeMessage(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  // Node's own name for a text that is longer than JavaScript's may be.
  if (code === "ERR_STRING_TOO_LONG") return "not enough memory";
  if (!(error instanceof RangeError)) return `error in the Lua engine: ${error}`;
  return error.message.startsWith("Maximum call stack") ? "stack overflow" : "not enough memory";
}

function replaceField(L: LuaState, key: string, replace: (original: LuaFunction) => LuaFunction): void {
  lua.lua_getfield(L, -1, toLuaString(key));
  lua.lua_pushcfunction(L, replace(toFunction(L, -1)));
  lua.lua_setfield(L, -3, toLuaString(key));
  lua.lua_pop(L, 1);
}

function guarded(original: LuaFunction, around: Stoppable): LuaFunction {
  return (L) => {
    const results = original(L);
    if (around.stop.reason !== null) throw around.stop;
    return results;
  };
}

/** coroutine.wrap returns a function that resumes its thread, its only upvalue; that function is guarded. */
function guardedWrap(wrap: LuaFunction, around: Stoppable): LuaFunction {
  return (L) => {
    wrap(L);
    const resume = guarded(toFunction(L, -1), around);
    lua.lua_getupvalue(L, -1, 1);
    lua.lua_pushcclosure(L, resume, 1);
    return 1;
  };
}
