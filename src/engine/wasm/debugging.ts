import type { ThreadChannel } from "../../debug/channel.js";
import type { LuaFunction } from "./machine/functions.js";
import { createPauseHook } from "./pausing.js";
import type { State } from "./state.js";
import type { Refuse } from "./system/files.js";

/** What a program in a debugger has around it. */
export interface DebuggingOptions {
  readonly channel: ThreadChannel;
  /** Of which another thread has written what the hook was. */
  readonly running: Int32Array;
  /** Called before the program waits: what it has written so far is to be seen. */
  readonly flush: () => void;
  /** Hears which function of the table another thread is to have called, for the program to stand still. */
  readonly onPausable: (index: number) => void;
  readonly refuse: Refuse;
}

/** Where the registry has what a debugger is told. */
const failedName = "luacov-ts failed";
const finishName = "luacov-ts finish";

/** For Lua: the way to who shows the program, as `src/lua/debug/start.lua` wants it. */
export function pushDebugging(
  state: State,
  L: number,
  { channel, running, flush, onPausable, refuse }: DebuggingOptions,
): void {
  const { api } = state;
  const functions: Readonly<Record<string, LuaFunction>> = {
    send: (L1) => {
      flush();
      channel.send(Buffer.from(api.toBytes(L1, 1) ?? []).toString("latin1"));
      return 0;
    },
    receive: (L1) => {
      flush();
      const line = receivedBy(channel, refuse);
      if (line === null) return 0;
      state.pushBytes(L1, Buffer.from(line, "latin1"));
      return 1;
    },
    keep: (L1) => {
      for (const name of [finishName, failedName]) {
        api.setField(L1, api.registry, name);
      }
      return 0;
    },
    onPause: (L1) => {
      onPausable(createPauseHook(state, L1, running));
      return 0;
    },
  };
  api.load(L, "return {}");
  api.call(L, 0, 1);
  for (const [name, each] of Object.entries(functions)) {
    state.pushFunction(L, each);
    api.setField(L, -2, name);
  }
}

function receivedBy(channel: ThreadChannel, refuse: Refuse): string | null {
  try {
    return channel.receive();
  } catch (error) {
    return refuse(error);
  }
}

/** Tells the debugger, if there is one, of the error at the bottom of a message handler's stack, which nothing will catch. */
export function tellFailed(state: State, L: number): void {
  const { api } = state;
  if (!pushKept(state, L, failedName)) return;
  api.pushValue(L, 1);
  state.pushSimple(L, 2);
  api.call(L, 2, 0);
}

/** Tells it that the program is at its end. */
export function tellFinished(state: State, L: number): void {
  if (pushKept(state, L, finishName)) state.api.call(L, 0, 0);
}

function pushKept({ api }: State, L: number, name: string): boolean {
  api.getField(L, api.registry, name);
  const isKept = api.type(L, -1) === "function";
  if (!isKept) api.pop(L);
  return isKept;
}
