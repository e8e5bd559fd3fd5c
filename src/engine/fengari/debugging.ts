import { mostLooks, type ThreadChannel } from "../../debug/channel.js";
import { currentFolder } from "../../files/files.js";
import { codeOf } from "../host/primitives/failure.js";
import { setFunctions } from "./bind/bind.js";
import { loadHostChunk } from "./bind/bindChunks.js";
import { type LuaFunction, type LuaState, lauxlib, lua, pushOf, toLuaString, toText } from "./fengari.js";
import { callAsHook } from "./trace.js";

type Push = (L: LuaState) => void;

/** The debugger of a program, `src/lua/debug`, in the program's own state. */
export interface ProgramDebugger {
  /** Begins it, and returns when who shows the program lets it go on. `host` is what the host libraries get. */
  start(L: LuaState, host: Push): void;
  /** Has the program stand still where it is, and returns true; false where that is not its own, for a tracer to call this again at the next instruction. */
  pause(L: LuaState): boolean;
  /** Is told in a message handler, to which the debugger is the program's neighbour, of an error that nothing will catch. */
  failed(L: LuaState): void;
  /** What is to be compiled in place of the text of a file. */
  rewrite(L: LuaState, text: Uint8Array, name: Uint8Array): Uint8Array;
  /** The program is at its end. */
  finish(L: LuaState): void;
}

export interface DebuggerOptions {
  /** Is called before the program waits: what it has written so far is to be seen. */
  readonly flush: () => void;
  /** Whether a file is measured, by its name, so that it has to be what it is. */
  readonly isMeasured: (name: string) => boolean;
  /** Hears whether the program stands still, so that the time is nobody's. */
  readonly onStand: (isStanding: boolean) => void;
}

export function createDebugger(
  channel: ThreadChannel,
  { flush, isMeasured, onStand }: DebuggerOptions,
): ProgramDebugger {
  let pushed: Push | null = null;
  let pausing: Pausing | null = null;
  const call = (L: LuaState, name: string, args: readonly Push[], results: number): boolean => {
    if (pushed === null) return false;
    pushed(L);
    lua.lua_getfield(L, -1, toLuaString(name));
    lua.lua_remove(L, -2);
    for (const push of args) push(L);
    lua.lua_call(L, args.length, results);
    return true;
  };
  const onPause: LuaFunction = (L) => {
    pausing = { pushIsInProgram: pushOf(L, 1), pushPause: pushOf(L, 2), looks: 0 };
    return 0;
  };
  const stands: LuaFunction = (L) => {
    onStand(lua.lua_toboolean(L, 1));
    return 0;
  };
  return {
    start: (L, host) => {
      loadHostChunk(L, "host/debugging");
      host(L);
      lua.lua_getfield(L, -1, toLuaString("environment"));
      lua.lua_setupvalue(L, -3, 1);
      pushChannel(L, { ...linesOf(channel, flush), onPause, stands });
      lua.lua_call(L, 2, 1);
      pushed = pushOf(L, -1);
      lua.lua_pop(L, 1);
    },
    pause: (L) => pausing === null || pause(L, pausing),
    failed: (L) => {
      call(L, "failed", [(L1) => lua.lua_pushvalue(L1, 1), (L1) => lua.lua_pushinteger(L1, 2)], 0);
    },
    rewrite: (L, text, name) => {
      const pushing = (bytes: Uint8Array) => (L1: LuaState) => {
        lua.lua_pushstring(L1, bytes);
      };
      if (isMeasured(toText(name))) {
        call(L, "loads", [pushing(name)], 0);
        return text;
      }
      if (!call(L, "rewrite", [pushing(text), pushing(name)], 1)) return text;
      const other = lua.lua_tolstring(L, -1);
      lua.lua_pop(L, 1);
      return other ?? text;
    },
    finish: (L) => {
      call(L, "finish", [], 0);
    },
  };
}

/** What is called for a pause, and how often in a row a program has been looked at that was not at an instruction of its own. */
interface Pausing {
  readonly pushIsInProgram: Push;
  readonly pushPause: Push;
  looks: number;
}

function pause(L: LuaState, pausing: Pausing): boolean {
  let isHeard = false;
  callAsHook(L, () => {
    pausing.pushIsInProgram(L);
    lua.lua_call(L, 0, 1);
    const isInProgram = lua.lua_toboolean(L, -1);
    lua.lua_pop(L, 1);
    pausing.looks++;
    isHeard = isInProgram || pausing.looks === mostLooks;
    if (!isHeard) return;
    pausing.looks = 0;
    if (!isInProgram) return;
    pausing.pushPause(L);
    lua.lua_call(L, 0, 0);
  });
  return isHeard;
}

function linesOf(channel: ThreadChannel, flush: () => void): Readonly<Record<string, LuaFunction>> {
  return {
    send: (L) => {
      flush();
      channel.send(Buffer.from(lauxlib.luaL_checklstring(L, 1)).toString("latin1"));
      return 0;
    },
    receive: (L) => {
      flush();
      const line = receivedBy(channel);
      if (line === null) lua.lua_pushnil(L);
      else lua.lua_pushstring(L, Buffer.from(line, "latin1"));
      return 1;
    },
  };
}

/** The next instruction of a program that is to end finds the order. */
function receivedBy(channel: ThreadChannel): string | null {
  try {
    return channel.receive();
  } catch (error) {
    if (codeOf(error) !== "EINTR") throw error;
    return null;
  }
}

function pushChannel(L: LuaState, functions: Readonly<Record<string, LuaFunction>>): void {
  lua.lua_createtable(L, 0, 6);
  setFunctions(L, { ...functions, chunk: pushChunk });
  lua.lua_pushstring(L, toLuaString(currentFolder()));
  lua.lua_setfield(L, -2, toLuaString("folder"));
}

/** For Lua: the main function of a file of `src/lua`, whose globals are the program's. */
function pushChunk(L: LuaState): number {
  loadHostChunk(L, toText(lauxlib.luaL_checklstring(L, 1)));
  return 1;
}
