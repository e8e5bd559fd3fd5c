// What running in parallel gains and what a test file costs, as ratios within one run: other machines differ less
// in them than in times.
//
//   node bench/parallel.mjs [fengari lua5.4 luajit]
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../bin/luacov-ts.js", import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), "luacov-ts-parallel-"));
const module =
  "local M = {}\nfunction M.sum(n)\n  local s = 0\n  for i = 1, n do\n    s = s + i % 7\n  end\n  return s\nend\nreturn M\n";

const luas = process.argv.length > 2 ? process.argv.slice(2) : ["fengari"];
const spec = 'it("holds", function() assert.is_table(require("m")) end)\n';

try {
  write("m.lua", module);
  for (let index = 0; index < 1000; index++) write(`trivial/${index}.lua`, 'assert(require "m")\n');
  for (let index = 0; index < 1000; index++) write(`specs/${index}_spec.lua`, spec);
  write("one/a.lua", 'assert(require "m")\n');
  write("one/a_spec.lua", spec);
  const lines = "for i = 1, 200000 do print(i) end\n";
  write("print/a.lua", lines);
  console.log(`${availableParallelism()} cores; each figure from medians of 3`);
  for (const lua of luas) measure(lua);
} finally {
  rmSync(folder, { recursive: true });
}

function measure(lua) {
  // Some count so much faster that starting them would be all that is seen.
  const sum = { fengari: 2_000_000, luajit: 100_000_000 }[lua] ?? 50_000_000;
  for (let index = 0; index < 8; index++) write(`busy/${index}.lua`, `require("m").sum(${sum})\n`);
  const timed = (...args) => median(() => run(["--lua", lua, ...args]));
  const one = timed("--jobs", "1", "one/a.lua");
  const busy = [1, 2].map((jobs) => timed("--jobs", String(jobs), "busy"));
  const trivial = [1, 2].map((jobs) => timed("--jobs", String(jobs), "trivial"));
  console.log(`\n${lua}`);
  console.log(`eight busy files, --jobs 1 to --jobs 2: ${ratio(busy[0], busy[1])}`);
  if (lua !== "fengari") console.log(`the same without us, one and two at a time: ${plainGain(lua)}`);
  console.log(`a thousand trivial files, --jobs 1 to --jobs 2: ${ratio(trivial[0], trivial[1])}`);
  const perFile = (trivial[0] - one) / 999;
  const share = ((100 * perFile) / one).toFixed(1);
  console.log(`one more trivial file costs ${share} % of the command with one (${perFile.toFixed(1)} ms)`);
  if (lua === "fengari") {
    const captured = timed("print");
    const direct = median(() => run(["exec", "print/a.lua"]));
    console.log(`200,000 printed lines, of a test file to exec: ${ratio(captured, direct)}`);
  } else compareWithBusted(lua, timed);
}

/** What the machine itself gains: two cores may be two halves of one. */
function plainGain(lua) {
  const timed = (count) =>
    median(() => timeOf("sh", ["-c", `ls busy/*.lua | xargs -P ${count} -n 1 ${lua}`]));
  return ratio(timed(1), timed(2));
}

/** Busted runs all files in one process and one state, of which each sees what the others have left. */
function compareWithBusted(lua, timed) {
  const oneSpec = timed("--jobs", "1", "one/a_spec.lua");
  const specs = timed("--jobs", "1", "specs");
  const theirs = median(() => timeOf(lua, ["/usr/bin/busted", "--lpath=./?.lua", "-o", "TAP", "specs"]));
  const perSpec = ((specs - oneSpec) / 999).toFixed(1);
  console.log(`a thousand trivial specs: ${specs.toFixed(0)} ms, one more costs ${perSpec} ms`);
  console.log(
    `busted, all in one process: ${theirs.toFixed(0)} ms; ours takes ${ratio(specs, theirs)} times that`,
  );
}

function write(name, text) {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function run(args) {
  const flags = ["--reporter", "none", "--all", "--include", "m.lua"];
  return timeOf(process.execPath, [bin, ...flags, ...args]);
}

/** In milliseconds. */
function timeOf(command, args) {
  const start = performance.now();
  execFileSync(command, args, { cwd: folder, maxBuffer: 2 ** 30, stdio: "pipe" });
  return performance.now() - start;
}

function median(measure) {
  return [measure(), measure(), measure()].toSorted((a, b) => a - b)[1];
}

function ratio(a, b) {
  return (a / b).toFixed(2);
}
