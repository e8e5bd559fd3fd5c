import { type LuaState, lua } from "../fengari.js";
import { whereIs } from "../place.js";
import type { Stop } from "../stop.js";
import { createTracing, traceThread } from "../trace.js";

/** Calls the function below its arguments; it is stopped at the end of its time, whatever it catches. */
export function callWithin(L: LuaState, stop: Stop, limit: number, count: number): number {
  const latest = performance.now() + limit;
  let instructions = 0;
  const tracing = createTracing((L1) => {
    L1.oldpc = L1.ci.l_savedpc;
    if (instructions++ % 1024 === 0 && performance.now() > latest)
      stop.now({ kind: "timed out", ...whereIs(L1, "line") });
  }, null);
  stop.beforeUnwinding(() => tracing.throwAlways(stop));
  traceThread(L, tracing);
  return tracing.run(() => lua.lua_pcall(L, count, 0, 0));
}
