import type { ThreadChannel } from "../../debug/channel.js";
import type { Interruptible } from "./interruption.js";
import { indexOf, type LuaFunction } from "./machine/functions.js";
import { callSoon, type HookLayout, hookFields, knownHookLayout } from "./machine/hook.js";
import { runningCells, writeRunning } from "./machine/machine.js";
import { machineMemory } from "./machine/memory.js";
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

/** Where the registry has what makes a program stand still, and what a debugger is told. */
const pauseName = "luacov-ts pause";
const failedName = "luacov-ts failed";
const finishName = "luacov-ts finish";

/** For Lua: the way to who shows the program, as `src/lua/debug/start.lua` wants it. */
export function pushDebugging(
  state: State,
  L: number,
  { channel, running, flush, onPausable, refuse }: DebuggingOptions,
): void {
  const { api } = state;
  const layout = knownHookLayout(state);
  const hook = (L1: number) => {
    putBack(state, L1, layout, running);
    api.getField(L1, api.registry, pauseName);
    if (!api.protectedCall(L1, 0, 0)) api.pop(L1);
  };
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
      api.pushValue(L1, 1);
      api.setField(L1, api.registry, pauseName);
      onPausable(indexOf(api, hook, "hook"));
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

/** From another thread: has a program stand still before its next instruction. What is in C goes on until it returns. */
export function pauseSoon({ memory, running, layout }: Interruptible, index: number): void {
  writeRunning(running, (L) => {
    const machine = machineMemory(memory);
    const fields = hookFields(machine, L, layout);
    // What was asked for before has not been noticed yet.
    if (fields.hook === index) return;
    running.set([L, fields.hook, fields.mask, ...fields.counts], runningCells.hookBefore);
    callSoon(machine, L, layout, index);
  });
}

/** The hook is again the one that was there before the other thread wrote. */
function putBack({ api }: State, L: number, layout: HookLayout, running: Int32Array): void {
  const { memory } = api.machine;
  const first = runningCells.hookBefore;
  const [before = 0, hook = 0, mask = 0, ...counts] = running.slice(first, first + 5);
  running[first] = 0;
  const isOf = before === L;
  memory.setWord(L + layout.hook, isOf ? hook : 0);
  memory.setByte(L + layout.mask, isOf ? mask : 0);
  for (const [index, place] of layout.counts.entries())
    memory.setWord(L + place, isOf ? (counts[index] ?? 0) : 0);
}
