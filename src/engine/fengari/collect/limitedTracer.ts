import { whereIs } from "../place.js";
import type { Stop } from "../stop.js";
import type { Tracer } from "../trace.js";

/**
 * A tracer that ends the program before it executes more instructions than a limit allows. Those of the Lua that we ship do
 * not count, which has no lines. `file` is where a program is until it begins.
 */
export function limitedTracer(tracer: Tracer, stop: Stop, limit: number, file: string): Tracer {
  let left = limit;
  return (L) => {
    if (L.ci.func.value.p.lineinfo.length > 0 && --left < 0)
      stop.now({ kind: "out of instructions", ...whereIs(L, file), limit });
    tracer(L);
  };
}
