// What measuring costs: the time of each workload under each variant, divided by that of the same Lua without.
//
//   node bench/hook.mjs [--rounds 7] [--limit measured=1.6]
import { createCounterTable } from "../build/engine/fengari/collect/counters.js";
import { createOrders } from "../build/engine/fengari/collect/orders.js";
import { coverageTracer } from "../build/engine/fengari/collect/tracer.js";
import { runProgram } from "../build/engine/fengari/program.js";
import { bench } from "./ratios.mjs";

bench(import.meta.url, {
  plain: (file) => run(file, () => null),
  measured: (file) => run(file, measuring),
});

/** @param {import("../build/engine/fengari/program.js").FollowersFactory} tracer */
function run(file, tracer) {
  const exit = runProgram({ file, args: [], packagePath: "" }, tracer);
  if (exit.kind !== "returned") throw new Error(`${file}: ${JSON.stringify(exit)}`);
}

function measuring(stop) {
  const table = createCounterTable({
    measuredPath: (source) => source.slice(1),
    onChunk: () => {},
  });
  const tracer = coverageTracer(table, stop, createOrders(), { file: "", onPause: () => true });
  return { tracer, onCall: null };
}
