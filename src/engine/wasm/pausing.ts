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

interface Pausing {
  readonly layout: HookLayout;
  readonly running: Int32Array;
  /** Of the hook, in the table of functions. */
  index: number;
  /** What there was in each lua_State that has the hook. */
  readonly before: Map<number, HookFields>;
  isAsked: boolean;
  /** How many instructions in a row were none of the program's. */
  looks: number;
}

/**
 * A hook that makes a program stand still, as an index of the table. What it asks, and what it calls then, are on the stack of a
 * lua_State, which loses them.
 */
export function createPauseHook(state: State, L: number, running: Int32Array): number {
  const { api } = state;
  for (const name of [pauseName, inProgramName]) {
    api.setField(L, api.registry, name);
  }
  const layout = knownHookLayout(state);
  const pausing: Pausing = { layout, running, index: 0, before: new Map(), isAsked: false, looks: 0 };
  pausing.index = indexOf(api, (L1: number) => look(state, L1, pausing), "hook");
  return pausing.index;
}

/** Called at each instruction until one is the program's: another thread seldom meets that where most of what a program does is ours. */
function look(state: State, L: number, pausing: Pausing): void {
  takeAsked(L, pausing);
  // A coroutine has the hook of the one that makes it, also where that is to stand still.
  const isWanted = pausing.isAsked && pausing.before.has(L);
  const isHeard = !isWanted || answers(state, L, inProgramName);
  pausing.looks++;
  if (!isHeard && pausing.looks < mostLooks) return;
  pausing.looks = 0;
  putBack(state.api.machine.memory, L, pausing);
  if (!isWanted) return;
  pausing.isAsked = false;
  if (isHeard) answers(state, L, pauseName);
}

/** Keeps what there was in a lua_State before the other thread wrote there, if it has since. */
function takeAsked(L: number, pausing: Pausing): void {
  const { running, before, index } = pausing;
  const first = runningCells.hookBefore;
  const [of, hook = 0, mask = 0, ...counts] = running.slice(first, first + 5);
  if (of !== L) return;
  running[first] = 0;
  pausing.isAsked = true;
  // What it found where it wrote a second time was its own.
  if (hook !== index) before.set(L, { hook, mask, counts });
  else if (!before.has(L)) before.set(L, noHook);
}

/** The hook is again the one that was there before the other thread wrote. */
function putBack(memory: MachineMemory, L: number, { layout, before }: Pausing): void {
  const { hook, mask, counts } = before.get(L) ?? noHook;
  before.delete(L);
  memory.setWord(L + layout.hook, hook);
  memory.setByte(L + layout.mask, mask);
  for (const [index, place] of layout.counts.entries()) memory.setWord(L + place, counts[index] ?? 0);
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
    // The program may have been setting a hook when it was asked before: then a part of each has been written. From a count of 0 it would
    // go down for ever.
    const isThere = hook === index && mask === maskOfCount && counts.every((count) => count === 1);
    if (isThere) markCalls(machine, L, layout);
    else {
      running.set([L, hook, mask, ...counts], runningCells.hookBefore);
      callSoon(machine, L, layout, index);
    }
  });
}
