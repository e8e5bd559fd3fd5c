import { mostLooks } from "../../debug/channel.js";
import type { Interruptible } from "./interruption.js";
import { indexOf } from "./machine/functions.js";
import {
  callSoon,
  type HookLayout,
  hookFields,
  knownHookLayout,
  markCalls,
  maskOfCount,
} from "./machine/hook.js";
import { runningCells, writeRunning } from "./machine/machine.js";
import { type MachineMemory, machineMemory } from "./machine/memory.js";
import type { State } from "./state.js";

/** What a lua_State had where a hook is written. */
type HookFields = ReturnType<typeof hookFields>;

/** Where the registry has whether what runs is the program's, and what makes that stand still. */
const inProgramName = "luacov-ts in program";
const pauseName = "luacov-ts pause";

const noHook: HookFields = { hook: 0, mask: 0, counts: [0, 0] };

/**
 * A hook that makes a program stand still, as an index of the table. What it asks, and what it calls then, are on the stack of a
 * lua_State, which loses them. It is called at each instruction until one is the program's: another thread seldom meets that where most of
 * what a program does is ours.
 */
export function createPauseHook(state: State, L: number, running: Int32Array): number {
  const { api } = state;
  for (const name of [pauseName, inProgramName]) {
    api.setField(L, api.registry, name);
  }
  const layout = knownHookLayout(state);
  const before = new Map<number, HookFields>();
  let isAsked = false;
  let looks = 0;
  const index = indexOf(
    api,
    (L1: number) => {
      const asked = takeAsked(running, L1, index, before.get(L1));
      if (asked !== null) {
        before.set(L1, asked);
        isAsked = true;
      }
      // A coroutine has the hook of the one that makes it, also where that is to stand still.
      const isWanted = isAsked && before.has(L1);
      const isHeard = !isWanted || answers(state, L1, inProgramName);
      looks++;
      if (!isHeard && looks < mostLooks) return;
      looks = 0;
      putBack(api.machine.memory, L1, layout, before.get(L1) ?? noHook);
      before.delete(L1);
      if (!isWanted) return;
      isAsked = false;
      if (isHeard) answers(state, L1, pauseName);
    },
    "hook",
  );
  return index;
}

/** What there was in a lua_State before the other thread wrote there, if it has since; `known` is from the time before that. */
function takeAsked(
  running: Int32Array,
  L: number,
  index: number,
  known: HookFields = noHook,
): HookFields | null {
  const first = runningCells.hookBefore;
  const [of, hook = 0, mask = 0, ...counts] = running.slice(first, first + 5);
  if (of !== L) return null;
  running[first] = 0;
  return hook === index ? known : { hook, mask, counts };
}

/** The hook is again the one that was there before the other thread wrote. */
function putBack(memory: MachineMemory, L: number, layout: HookLayout, before: HookFields): void {
  memory.setWord(L + layout.hook, before.hook);
  memory.setByte(L + layout.mask, before.mask);
  for (const [index, place] of layout.counts.entries()) memory.setWord(L + place, before.counts[index] ?? 0);
}

/** Calls a function of the registry, whose errors are nobody's. */
function answers(state: State, L: number, name: string): boolean {
  const { api } = state;
  api.getField(L, api.registry, name);
  const isTrue = api.protectedCall(L, 0, 1) && state.toBoolean(L, -1);
  api.pop(L);
  return isTrue;
}

/** From another thread: has a program stand still before its next instruction. What is in C goes on until it returns. */
export function pauseSoon({ memory, running, layout }: Interruptible, index: number): void {
  writeRunning(running, (L) => {
    const machine = machineMemory(memory);
    const { hook, mask, counts } = hookFields(machine, L, layout);
    // The program may have been setting a hook when it was asked before: then a part of each has been written.
    const isThere = hook === index && mask === maskOfCount && counts[0] === 1;
    if (isThere) markCalls(machine, L, layout);
    else {
      running.set([L, hook, mask, ...counts], runningCells.hookBefore);
      callSoon(machine, L, layout, index);
    }
  });
}
