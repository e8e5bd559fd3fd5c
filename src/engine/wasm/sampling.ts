import type { Interruptible } from "./interruption.js";
import { indexOf, type LuaFunction } from "./machine/functions.js";
import { callSoon, knownHookLayout } from "./machine/hook.js";
import { runningCells, writeRunning } from "./machine/machine.js";
import { machineMemory } from "./machine/memory.js";
import type { State } from "./state.js";

/** Whether another thread is to have a look at a program, which is one at a time: it writes, or Lua looks. */
const phases = { none: 0, wanted: 1, writing: 2, looking: 3 } as const;

/** Where the registry has the function that looks. */
const lookName = "luacov-ts look";

/**
 * For Lua: `sample` takes a function that is called now and then, whenever another thread says so, above the function that runs;
 * `endSampling` has that end before it returns. Nobody else may have a hook meanwhile. `onSampled` hears which function of the table
 * is to be called.
 */
export function samplingFunctions(
  state: State,
  running: Int32Array,
  onSampled: (index: number) => void,
): Readonly<Record<"sample" | "endSampling", LuaFunction>> {
  const { api } = state;
  const { memory } = api.machine;
  const layout = knownHookLayout(state);
  const clear = (L: number) => {
    memory.setByte(L + layout.mask, 0);
    memory.setWord(L + layout.hook, 0);
  };
  const hook = (L: number) => {
    clear(L);
    if (!begins(running, phases.looking)) return;
    api.getField(L, api.registry, lookName);
    // It may find no room on the stack.
    if (!api.protectedCall(L, 0, 0)) api.pop(L);
    Atomics.store(running, runningCells.sampling, phases.wanted);
  };
  return {
    sample: (L) => {
      api.pushValue(L, 1);
      api.setField(L, api.registry, lookName);
      Atomics.store(running, runningCells.sampling, phases.wanted);
      onSampled(indexOf(api, hook, "hook"));
      return 0;
    },
    endSampling: (L) => {
      while (!begins(running, phases.none) && Atomics.load(running, runningCells.sampling) !== phases.none);
      clear(L);
      return 0;
    },
  };
}

/** From another thread: has a program looked at before its next instruction, if it is to be. */
export function lookSoon({ memory, running, layout }: Interruptible, index: number): void {
  if (!begins(running, phases.writing)) return;
  writeRunning(running, (L) => callSoon(machineMemory(memory), L, layout, index));
  Atomics.store(running, runningCells.sampling, phases.wanted);
}

function begins(running: Int32Array, phase: number): boolean {
  const { sampling } = runningCells;
  return Atomics.compareExchange(running, sampling, phases.wanted, phase) === phases.wanted;
}
