import { indexOf } from "./machine/functions.js";
import { callSoon, type HookLayout, knownHookLayout } from "./machine/hook.js";
import { runningCells, writeRunning } from "./machine/machine.js";
import { machineMemory } from "./machine/memory.js";
import type { WasmVersion } from "./package/versions.js";
import type { State } from "./state.js";
import type { Memory } from "./webAssembly.js";

/** What another thread needs to end a program, wherever it is in Lua. */
export interface Interruptible {
  readonly version: WasmVersion;
  readonly memory: Memory;
  readonly running: Int32Array;
  readonly layout: HookLayout;
  /** Of the function that ends it, in the table. */
  readonly index: number;
  /** C's own functions by those of ours that stand for them, as indexes of the table. */
  readonly replaced: ReadonlyMap<number, number>;
}

/** Thrown through Lua when another thread has asked for the end of a program. */
export class Interrupted {
  /** Where the program was. */
  readonly traceback: string;

  constructor(traceback: string) {
    this.traceback = traceback;
  }
}

/** Where the registry has what a program does before it is ended: it returns where it was. */
export const interruptedName = "luacov-ts interrupted";

/** Makes a state one that can be ended; `keep` takes the Lua function that then says where it was. */
export function makeInterruptible(
  state: State,
  running: Int32Array,
): {
  readonly interruptible: Interruptible;
  readonly keep: (L: number) => number;
  /** Ends the program at once. */
  readonly end: (L: number) => never;
} {
  const { api } = state;
  const { memory, compiled } = api.machine;
  const layout = knownHookLayout(state);
  const end = (L: number): never => {
    // What is done from here on is not to be interrupted again.
    Atomics.store(running, runningCells.isEnding, 1);
    memory.setByte(L + layout.mask, 0);
    api.getField(L, api.registry, interruptedName);
    // It may not have begun, and wait for its debugger.
    if (api.type(L, -1) !== "function") throw new Interrupted("");
    api.call(L, 0, 1);
    throw new Interrupted(Buffer.from(api.toBytes(L, -1) ?? []).toString());
  };
  // Another thread may have written a moment too late.
  const hook = (L: number) => {
    if (Atomics.load(running, runningCells.isEnding) !== 0) memory.setByte(L + layout.mask, 0);
    else end(L);
  };
  return {
    interruptible: {
      version: compiled.version,
      memory: memory.memory,
      running,
      layout,
      index: indexOf(api, hook, "hook"),
      replaced: state.replaced,
    },
    end,
    keep: (L) => {
      api.pushValue(L, 1);
      api.setField(L, api.registry, interruptedName);
      return 0;
    },
  };
}

/** From any thread: ends a program before its next instruction. What is in C goes on until it returns. */
export function interrupt(target: Interruptible): void {
  const { memory, running, layout, index } = target;
  writeRunning(running, (L) => callSoon(machineMemory(memory), L, layout, index));
}

/** From any thread: whether a program has noticed. */
export function isEnding({ running }: Interruptible): boolean {
  return Atomics.load(running, runningCells.isEnding) !== 0;
}
