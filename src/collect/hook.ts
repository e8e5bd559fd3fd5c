import { CALL_IS_LUA, type FengariProto, lua } from "../engine/fengari.js";
import type { Stop } from "../engine/host/stop.js";
import type { Hook } from "../engine/program.js";
import type { Counters, CounterTable } from "./counters.js";

/**
 * The hook that counts line visits and calls.
 *
 * Its law: no getinfo, no string, no look-up and no allocation for an event in the same function as the last
 * one. It also ends the program when `interrupt[0]` is set from outside, wherever the program is.
 */
export function lineHook(table: CounterTable, stop: Stop, interrupt: Int32Array): Hook {
  let lastProto: FengariProto | null = null;
  let counters: Counters | null = null;
  return {
    mask: lua.LUA_MASKLINE | lua.LUA_MASKCALL,
    onEvent: (_L, ar) => {
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
      // The events of this mask are lines, calls and tail calls.
      if (ar.event === lua.LUA_HOOKLINE) increment(counters.lines, ar.currentline);
      else increment(counters.calls, counters.index);
    },
  };
}

function increment(counts: Float64Array, index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}
