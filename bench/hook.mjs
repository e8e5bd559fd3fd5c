// What measuring costs: the time of each workload under each variant, divided by that of the same Lua without.
//
//   node bench/hook.mjs [--rounds 7] [--limit lines-only=1.35] [--limit everything=1.6]
import { createCounterTable } from "../dist/engine/fengari/collect/counters.js";
import { coverageTracer } from "../dist/engine/fengari/collect/tracer.js";
import { runProgram } from "../dist/engine/fengari/program.js";
import { bench } from "./ratios.mjs";

bench(import.meta.url, {
  plain: (file) => run(file, () => null),
  "lines-only": (file) => run(file, (stop) => measuring(stop, true)),
  everything: (file) => run(file, (stop) => measuring(stop, false)),
});

function run(file, tracer) {
  const exit = runProgram({ file, args: [], packagePath: "" }, tracer);
  if (exit.kind !== "returned") throw new Error(`${file}: ${exit.message ?? exit.kind}`);
}

function measuring(stop, linesOnly) {
  const table = createCounterTable({
    measuredPath: (source) => source.slice(1),
    linesOnly,
    onChunk: () => {},
  });
  return coverageTracer(table, stop, new Int32Array(1), { linesOnly, file: "" });
}
