// What probes cost in native Luas: CPU time of each workload with probes, divided by that of the plain text.
// Use: node bench/native.mjs [--rounds 7] [--limit PUC=2.2] [--worst PUC=3.5] [lua5.1 lua5.3 lua5.4 luajit]
//
// Each run is a process of its own; plain and probed ones take turns, and each round gives its own ratio.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { digestOf } from "../dist/coverage/probes/digest.js";
import { insertProbes } from "../dist/coverage/probes/insertProbes.js";
import { parseNewest } from "../dist/source/syntax.js";

const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "7" } },
  allowPositionals: true,
});
const luas = positionals.length > 0 ? positionals : ["lua5.1", "lua5.3", "lua5.4", "luajit"];
const workloads = fileURLToPath(new URL("workloads/", import.meta.url));
const runner = fileURLToPath(new URL("native.lua", import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), "luacov-ts-bench-"));
try {
  const names = readdirSync(workloads).filter((name) => name.endsWith(".lua"));
  const line = (cells) => console.log(cells.map((cell) => String(cell).padStart(12)).join(""));
  line(["workload", ...luas.flatMap((lua) => [`${lua} (ms)`, "probed"])]);
  const rows = names.map((name) => [name, luas.map((lua) => compare(lua, path.join(workloads, name)))]);
  for (const [name, results] of rows) {
    line([path.parse(name).name, ...results.flatMap(({ plain, ratio }) => [(plain * 1000).toFixed(0), shown(ratio)])]);
  }
  const ratios = luas.map((_, index) => rows.map(([, results]) => results[index].ratio));
  line(["median", ...ratios.flatMap((each) => ["", shown(median(each))])]);
  line(["worst", ...ratios.flatMap((each) => ["", shown(Math.max(...each))])]);
} finally {
  rmSync(folder, { recursive: true });
}

function compare(lua, file) {
  const source = readFileSync(file);
  const upvalues = lua === "lua5.1" || lua === "luajit" ? 60 : 255;
  const { text, counters } = insertProbes(source, parseNewest(source).syntax, { upvalues });
  const copy = path.join(folder, path.basename(file));
  writeFileSync(copy, text);
  const time = (...args) => Number(execFileSync(lua, [runner, ...args], { encoding: "utf8" }));
  const rounds = Array.from({ length: Number(values.rounds) }, () => {
    const plain = time(file);
    return { plain, ratio: time(copy, digestOf(source), String(counters)) / plain };
  });
  return {
    plain: median(rounds.map(({ plain }) => plain)),
    ratio: median(rounds.map(({ ratio }) => ratio)),
  };
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function shown(ratio) {
  return `${ratio.toFixed(2)} x`;
}
