// What measuring costs: the time of each workload under each variant, divided by that of the same Lua without.
//
//   node bench/hook.mjs [--rounds 7] [--limit measured=1.6]
import { createCounterTable } from "../build/engine/fengari/collect/counters.js";
import { coverageTracer } from "../build/engine/fengari/collect/tracer.js";
import { runProgram } from "../build/engine/fengari/program.js";
import { bench } from "./ratios.mjs";

bench(import.meta.url, {
  plain: (file) => run(file, () => null),
  measured: (file) => run(file, measuring),
});

function run(file, tracer) {
  const exit = runProgram({ file, args: [], packagePath: "" }, tracer);
  if (exit.kind !== "returned") throw new Error(`${file}: ${exit.message ?? exit.kind}`);
}

function measuring(stop) {
  const table = createCounterTable({
    measuredPath: (source) => source.slice(1),
    onChunk: () => {},
  });
  return coverageTracer(table, stop, new Int32Array(1), "");
}
