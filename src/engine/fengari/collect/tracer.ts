import { holdsTooMuch } from "../../host/primitives/memory.js";
import { type CallInfo, type FengariProto, isTrue, type LuaState } from "../fengari.js";
import { levelsOf, whereIs } from "../place.js";
import type { Stop } from "../stop.js";
import type { Tracer } from "../trace.js";
import { type Counters, type InstructionCounters, sameWay } from "./chunkCounters.js";
import type { CounterTable } from "./counters.js";
import { cells, orders } from "./orders.js";
import type { PartCounters } from "./parts.js";

export interface TracerOptions {
  /** Where a program is until it begins. */
  readonly file: string;
  /** Called when its debugger is to have it stand still, at each instruction until that returns true. */
  readonly onPause: (L: LuaState) => boolean;
  /** Hears of each function that it comes to; null where nobody has to know. */
  readonly parts?: PartCounters | null;
}

/**
 * What counts calls, line visits, and instructions with their decisions.
 *
 * Its law: no getinfo, no string, no look-up and no allocation for an instruction of the same function as the
 * last one. It also ends the program when `interrupt[0]` holds an order from outside, wherever the program is.
 */
export function coverageTracer(
  table: CounterTable,
  stop: Stop,
  interrupt: Int32Array,
  { file, onPause, parts = null }: TracerOptions,
): Tracer {
  let proto: FengariProto | null = null;
  let call: CallInfo | null = null;
  let counters: Counters | null = null;
  return (L) => {
    if (interrupt[0] !== 0) obey(L, stop, interrupt, { file, onPause });
    const running = L.ci.func.value.p;
    const following = L.ci.l_savedpc;
    let previous = L.oldpc;
    L.oldpc = following;
    if (running !== proto) {
      counters = countersOf(running, table, stop);
      if (counters !== null) parts?.touch(counters);
    }
    if (counters !== null) {
      if (following === 1 && isCall(counters, L.ci, call, running === proto, previous)) {
        increment(counters.calls, counters.index);
        // What this thread executed last belongs to the caller, whose pcs mean nothing here.
        previous = 0;
      }
      countLine(counters.lines, running.lineinfo, previous, following);
      countInstruction(L, counters.instructions, previous, following - 1);
    }
    proto = running;
    call = L.ci;
  };
}

function countersOf(running: FengariProto, table: CounterTable, stop: Stop): Counters | null {
  return stop.isCountingOver ? null : table.find(running);
}

function obey(L: LuaState, stop: Stop, interrupt: Int32Array, { file, onPause }: TracerOptions): void {
  const given = Atomics.load(interrupt, cells.order);
  const isPassing = given === orders.lookAtMemory || given === orders.pause;
  // An order to end may have come in its place.
  const order = isPassing ? Atomics.compareExchange(interrupt, cells.order, given, 0) : given;
  if (order === orders.pause && !onPause(L)) Atomics.compareExchange(interrupt, cells.order, 0, orders.pause);
  if (order === orders.interrupt) stop.now({ kind: "interrupted" });
  if (order === orders.timeout) stop.now({ kind: "timed out", ...whereIs(L, file), levels: levelsOf(L) });
  if (order === orders.lookAtMemory && holdsTooMuch())
    stop.now({ kind: "out of memory", ...whereIs(L, file) });
}

/** As luaG_traceexec: at the start of a call, on a jump back, and on another line than the last one. */
function countLine(
  visits: Float64Array,
  lines: readonly number[],
  previous: number,
  following: number,
): void {
  const line = lines[following - 1] ?? 0;
  if (previous === 0 || following <= previous || line !== lines[previous - 1]) increment(visits, line);
}

/**
 * Whether an instruction at pc 0 starts a call or a round of a loop there. Every call has a record of its own,
 * except that a tail call goes on with its caller's.
 */
function isCall(
  counters: Counters,
  call: CallInfo,
  last: CallInfo | null,
  sameProto: boolean,
  previous: number,
): boolean {
  const { loopsToStart, tailCalls, started } = counters.entry;
  if (!loopsToStart) return true;
  if (call === last && (!sameProto || tailCalls[previous] === 1)) return true;
  if (started.has(call)) return false;
  started.add(call);
  return true;
}

/** What happens inside an instruction (metamethods, yields) does not come between it and `previous`. */
function countInstruction(L: LuaState, counters: InstructionCounters, previous: number, pc: number): void {
  increment(counters.counts, pc);
  const fellTo = counters.fellTo[previous];
  if (fellTo === -1) return;
  if (fellTo === pc) increment(counters.fell, previous - 1);
  else if (fellTo === sameWay) countByRegister(L, counters, previous);
  else if (counters.jumpedTo[previous] === pc || counters.resumedAt[previous] === pc) {
    increment(counters.jumped, previous - 1);
  }
}

/** The test has left its register as it was. */
function countByRegister(L: LuaState, counters: InstructionCounters, previous: number): void {
  const jumped = isTrue(L, counters.tested[previous] ?? 0) === (counters.jumpsIfTrue[previous] === 1);
  increment(jumped ? counters.jumped : counters.fell, previous - 1);
}

function increment(counts: Float64Array, index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}
