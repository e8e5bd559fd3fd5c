// Compares variants of running a workload: the time of each under each variant, divided by that of the first one.
//
// Each run is a process of its own, so that no variant profits from what the JIT learned of another one. The
// variants take turns (A B A B …) and each round gives its own ratio, so that noise of the machine cancels.
// Time is CPU time of the process around the run of the program alone.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const folder = fileURLToPath(new URL("workloads/", import.meta.url));

/**
 * The command of the benchmark at `url`. `variants` run a file, by their names, and throw when it fails. With
 * `--limit variant=ratio` the exit code is 1 when the variant's median over all workloads is above it.
 */
export function bench(url, variants) {
  const { values, positionals } = parseArgs({
    options: {
      child: { type: "boolean" },
      rounds: { type: "string", default: "7" },
      limit: { type: "string", multiple: true, default: [] },
    },
    allowPositionals: true,
  });
  if (values.child) {
    const [variant, workload] = positionals;
    runOnce(variants[variant], workload);
    return;
  }
  const table = compare(fileURLToPath(url), Object.keys(variants), Number(values.rounds));
  printTable(table);
  const missed = aboveLimit(table, values.limit);
  for (const limit of missed) console.error(`above the limit ${limit}`);
  if (missed.length > 0) process.exitCode = 1;
}

/** In a child process: runs one workload under one variant and prints its CPU time in milliseconds. */
function runOnce(run, workload) {
  const before = process.cpuUsage();
  run(path.join(folder, workload));
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1000);
}

function timeInChild(script, variant, workload) {
  return Number(execFileSync(process.execPath, [script, "--child", variant, workload], { encoding: "utf8" }));
}

/** One object of times by variant for each round. */
function timesOf(script, names, workload, rounds) {
  return Array.from({ length: rounds }, () =>
    Object.fromEntries(names.map((variant) => [variant, timeInChild(script, variant, workload)])),
  );
}

function compare(script, names, rounds) {
  const [base, ...others] = names;
  const workloads = readdirSync(folder).filter((name) => name.endsWith(".lua"));
  const rows = workloads.map((workload) => {
    const times = timesOf(script, names, workload, rounds);
    const ratios = others.map((variant) => median(times.map((each) => each[variant] / each[base])));
    return { workload: path.parse(workload).name, base: median(times.map((each) => each[base])), ratios };
  });
  return { names: [`${base} (ms)`, ...others], rows };
}

function printTable({ names, rows }) {
  const line = (cells) => console.log(cells.map((cell) => String(cell).padStart(14)).join(""));
  line(["workload", ...names]);
  for (const { workload, base, ratios } of rows) line([workload, base.toFixed(0), ...ratios.map(shown)]);
  line(["median", "", ...medians(rows).map(shown)]);
}

/** For each variant the median of its ratios over the workloads. */
function medians(rows) {
  return rows[0].ratios.map((_, index) => median(rows.map(({ ratios }) => ratios[index])));
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const shown = (ratio) => `${ratio.toFixed(2)} x`;

/** The variants whose median is above their limit, a list of `name=ratio`. */
function aboveLimit({ names, rows }, limits) {
  const results = medians(rows);
  return limits.filter((limit) => {
    const [name, ratio] = limit.split("=");
    if (!names.includes(name)) throw new Error(`--limit ${limit}: the variants are ${names.slice(1)}`);
    return results[names.indexOf(name) - 1] > Number(ratio);
  });
}
