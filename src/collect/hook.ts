import { CALL_IS_LUA, type FengariProto, type LuaState, lua } from "../engine/fengari.js";
import type { Stop } from "../engine/host/stop.js";
import type { Hook } from "../engine/program.js";
import type { Counters, CounterTable, InstructionCounters } from "./counters.js";

/**
 * The hook that counts calls, line visits and, unless `linesOnly`, instructions and their decisions.
 *
 * Its law: no getinfo, no string, no look-up and no allocation for an event in the same function as the last
 * one. It also ends the program when `interrupt[0]` is set from outside, wherever the program is.
 */
export function coverageHook(
  table: CounterTable,
  stop: Stop,
  interrupt: Int32Array,
  linesOnly: boolean,
): Hook {
  let lastProto: FengariProto | null = null;
  let counters: Counters | null = null;
  const lineMask = lua.LUA_MASKLINE | lua.LUA_MASKCALL;
  return {
    mask: linesOnly ? lineMask : lineMask | lua.LUA_MASKCOUNT,
    onEvent: (L, ar) => {
      if (interrupt[0] !== 0) stop.now({ kind: "interrupted" });
      if (stop.reason !== null) throw stop;
      const call = ar.i_ci;
      // A call event also announces C functions, which have no proto.
      if ((call.callstatus & CALL_IS_LUA) === 0) return;
      const proto = call.func.value.p;
      if (proto !== lastProto) {
        lastProto = proto;
        counters = table.find(proto);
      }
      if (counters === null) return;
      if (ar.event === lua.LUA_HOOKCOUNT)
        countInstruction(counters.instructions, L.oldpc, call.l_savedpc - 1);
      else if (ar.event === lua.LUA_HOOKLINE) increment(counters.lines, ar.currentline);
      else countCall(counters, L);
    },
  };
}

/**
 * `previous` is the pc after the last instruction of this thread in the same call: fengari restores it when a
 * callee returns, so what happens inside an instruction (metamethods, yields) does not come between.
 */
function countInstruction(counters: InstructionCounters, previous: number, pc: number): void {
  increment(counters.counts, pc);
  const fellTo = counters.fellTo[previous];
  if (fellTo === -1) return;
  if (fellTo === pc) increment(counters.fell, previous - 1);
  else if (counters.jumpedTo[previous] === pc || counters.resumedAt[previous] === pc) {
    increment(counters.jumped, previous - 1);
  }
}

function countCall(counters: Counters, L: LuaState): void {
  increment(counters.calls, counters.index);
  // What this thread executed last belongs to the caller, whose pcs mean nothing here.
  L.oldpc = 0;
}

function increment(counts: Float64Array, index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}
