// What running in parallel gains and what a test file costs, as ratios within one run: other machines differ less
// in them than in times.
//
//   node bench/parallel.mjs
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../bin/luacov-ts.js", import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), "luacov-ts-parallel-"));
const module =
  "local M = {}\nfunction M.sum(n)\n  local s = 0\n  for i = 1, n do\n    s = s + i % 7\n  end\n  return s\nend\nreturn M\n";

try {
  write("m.lua", module);
  for (let index = 0; index < 8; index++) write(`busy/${index}.lua`, 'require("m").sum(2000000)\n');
  for (let index = 0; index < 1000; index++) write(`trivial/${index}.lua`, 'assert(require "m")\n');
  write("one/a.lua", 'assert(require "m")\n');
  const lines = "for i = 1, 200000 do print(i) end\n";
  write("print/a.lua", lines);

  const one = median(() => run(["--jobs", "1", "one"]));
  const busy = [1, 2].map((jobs) => median(() => run(["--jobs", String(jobs), "busy"])));
  const trivial = [1, 2].map((jobs) => median(() => run(["--jobs", String(jobs), "trivial"])));
  const captured = median(() => run(["print"]));
  const direct = median(() => run(["exec", "print/a.lua"]));

  console.log(`${availableParallelism()} cores; each figure from medians of 3`);
  console.log(`eight busy files, --jobs 1 to --jobs 2: ${ratio(busy[0], busy[1])}`);
  console.log(`a thousand trivial files, --jobs 1 to --jobs 2: ${ratio(trivial[0], trivial[1])}`);
  const perFile = (trivial[0] - one) / 999;
  const share = ((100 * perFile) / one).toFixed(1);
  console.log(`one more trivial file costs ${share} % of the command with one (${perFile.toFixed(1)} ms)`);
  console.log(`200,000 printed lines, of a test file to exec: ${ratio(captured, direct)}`);
} finally {
  rmSync(folder, { recursive: true });
}

function write(name, text) {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function run(args) {
  const start = performance.now();
  const flags = ["--reporter", "none", "--all", "--include", "m.lua"];
  execFileSync(process.execPath, [bin, ...flags, ...args], {
    cwd: folder,
    maxBuffer: 2 ** 30,
    stdio: "pipe",
  });
  return performance.now() - start;
}

function median(measure) {
  return [measure(), measure(), measure()].toSorted((a, b) => a - b)[1];
}

function ratio(a, b) {
  return (a / b).toFixed(2);
}
