// What it takes to start: help, a trivial test file and 1,000 of them in each embedded Lua, beside what Node itself takes,
// and what is loaded for it. As ratios within one run: other machines differ less in them than in times.
//
//   node bench/startup.mjs [--rounds 10]
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "10" } } });
const root = fileURLToPath(new URL("..", import.meta.url));
const bin = path.join(root, "bin/luacov-ts.js");
const [cpu, modules] = ["cpu.cjs", "modules.mjs"].map((name) => path.join(root, "bench/startup", name));
const folder = mkdtempSync(path.join(tmpdir(), "luacov-ts-startup-"));
const files = 1000;

const luas = ["fengari", "5.1", "5.2", "5.3", "5.4", "5.5"];
const commands = {
  "node -e 0": ["-e", "0"],
  "--version": [bin, "--version"],
  "--help": [bin, "--help"],
  ...Object.fromEntries(luas.map((lua) => [`one file, ${lua}`, [bin, "--lua", lua]])),
};

try {
  for (const [project, count] of [
    ["one", 1],
    ["many", files],
  ])
    writeProject(project, count);
  printStarts(timesOf(commands, Number(values.rounds)));
  for (const lua of luas) printMany(lua);
} finally {
  rmSync(folder, { recursive: true });
}

/** The variants take turns, so that noise of the machine meets all of them. */
function timesOf(variants, rounds) {
  const times = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, args] of Object.entries(variants)) times[name].push(run(args));
  }
  return times;
}

/** From start to exit, and CPU time of all threads, in milliseconds. Nothing of an earlier run is known to it. */
function run(args, project = "one") {
  const file = path.join(folder, "cpu.txt");
  const cwd = path.join(folder, project);
  const cache = path.join(folder, "cache");
  for (const left of [cache, path.join(cwd, ".nyc_output"), path.join(cwd, "coverage")])
    rmSync(left, { recursive: true, force: true });
  const env = { ...process.env, CPU_FILE: file, XDG_CACHE_HOME: cache };
  const start = performance.now();
  execFileSync(process.execPath, ["--require", cpu, ...args], { cwd, env, stdio: "ignore" });
  return { time: performance.now() - start, cpu: Number(readFileSync(file, "utf8")) };
}

function printStarts(times) {
  const [own] = Object.values(times);
  const row = (...cells) =>
    console.log(
      cells.map((cell, index) => (index === 0 ? cell.padEnd(20) : String(cell).padStart(13))).join(""),
    );
  row("", "start to exit", "by Node's", "CPU", "by Node's", "  modules: main, worker");
  for (const [name, of] of Object.entries(times)) {
    const figures = ["time", "cpu"].flatMap((key) => {
      const value = median(of.map((each) => each[key]));
      return [`${value.toFixed(0)} ms`, `${(value / median(own.map((each) => each[key]))).toFixed(2)} x`];
    });
    row(name, ...figures, `  ${loaded(commands[name])}`);
  }
}

/** Of ours and of packages, without Node's. */
function loaded(args) {
  const file = path.join(folder, "modules.txt");
  writeFileSync(file, "");
  const env = { ...process.env, MODULES_FILE: file };
  const cwd = path.join(folder, "one");
  execFileSync(process.execPath, ["--import", modules, ...args], { cwd, env, stdio: "ignore" });
  const lines = new Set(readFileSync(file, "utf8").replaceAll("file://", "").split("\n"));
  return ["main", "worker"].map((thread) => count(lines, thread)).join(", ");
}

function count(lines, thread) {
  const ofThread = [...lines].filter(
    (line) => line.startsWith(`${thread} /`) && !line.includes("/bench/startup/"),
  );
  return `${ofThread.filter((line) => !line.includes("/node_modules/")).length}+${ofThread.filter((line) => line.includes("/node_modules/")).length}`;
}

function printMany(lua) {
  const { time, cpu: spent } = run([bin, "--jobs", "1", "--lua", lua], "many");
  const each = (value) => (value / files).toFixed(2);
  console.log(`${files} files, ${lua}: ${each(time)} ms each from start to exit, ${each(spent)} ms of CPU`);
}

function writeProject(name, count) {
  const project = path.join(folder, name);
  mkdirSync(path.join(project, "test"), { recursive: true });
  writeFileSync(path.join(project, "answer.lua"), "return 42\n");
  for (let index = 0; index < count; index++) {
    writeFileSync(path.join(project, `test/${index}.lua`), 'assert(require "answer" == 42)\n');
  }
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
