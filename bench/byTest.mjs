// What it costs to keep what each test covers: 2,000 tests over 30,000 statements, with --by-test and without, as ratios within
// one run; how large the file is, and how much memory the command takes at most.
//
//   node bench/byTest.mjs [fengari 5.4 lua5.4 luajit]
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const bin = fileURLToPath(new URL("../bin/luacov-ts.js", import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), "luacov-ts-by-test-"));
const luas = process.argv.length > 2 ? process.argv.slice(2) : ["fengari"];

/** 100 modules of 30 functions of 10 statements; 100 files of 20 tests, each of which calls 40 functions of 10 modules. */
const [modules, functions, files, tests, calls] = [100, 30, 100, 20, 40];
const rounds = 5;

try {
  for (let index = 0; index < modules; index++) write(`src/m${index}.lua`, moduleText());
  for (let index = 0; index < files; index++) write(`spec/s${index}_spec.lua`, specText(index));
  // It says at its end how much memory it has taken.
  write(
    "memory.mjs",
    `import { isMainThread } from "node:worker_threads"; import { readFileSync, writeFileSync } from "node:fs";
// What Node does not tell is what processes took that it has waited for, in hundredths of a second.
const ofChildren = () => readFileSync("/proc/self/stat", "utf8").split(") ")[1].split(" ").slice(13, 15).reduce((a, b) => a + Number(b), 0);
if (isMainThread && process.argv[1]?.includes("luacov-ts")) process.on("exit", () => writeFileSync(${JSON.stringify(path.join(folder, "memory"))}, JSON.stringify({ ...process.resourceUsage(), ofChildren: ofChildren() })));\n`,
  );
  for (const lua of luas) measure(lua);
} finally {
  rmSync(folder, { recursive: true });
}

function measure(lua) {
  const all = { with: [], without: [] };
  // By turns, so that what else the machine does meets both.
  for (let round = 0; round < rounds; round++) {
    all.without.push(run(lua, []));
    all.with.push(run(lua, ["--by-test"]));
  }
  const own = path.join(folder, ".nyc_output", "luacov-ts");
  const kept = readdirSync(own).find((name) => name.startsWith("by-test-"));
  const figure = (of, key) => median(all[of].map((each) => each[key]));
  // Of neighbours: over minutes, a machine becomes slower and faster by more than this costs.
  const ratio = (key) =>
    median(all.with.map((each, round) => each[key] / all.without[round][key])).toFixed(2);
  console.log(`${lua}, medians of ${rounds} pairs`);
  console.log(
    `  with --by-test to without: ${ratio("wall")} of the time (${figure("without", "wall").toFixed(1)} s without), ${ratio("time")} of the CPU time (${figure("without", "time").toFixed(1)} s)`,
  );
  console.log(
    `  memory with: ${figure("with", "memory").toFixed(0)} MB, without: ${figure("without", "memory").toFixed(0)} MB`,
  );
  console.log(`  the file: ${(statSync(path.join(own, kept)).size / 1e6).toFixed(2)} MB`);
  const start = performance.now();
  const who = JSON.parse(luacov(["who", "--json", "src/m0.lua:5"]));
  console.log(
    `  who of a line, ${who[0].tests.length} tests: ${((performance.now() - start) / 1000).toFixed(1)} s`,
  );
}

function run(lua, args) {
  const start = performance.now();
  luacov(["--lua", lua, "--reporter", "none", "--test-reporter", "dot", "--jobs", "1", ...args, "spec"]);
  const used = JSON.parse(readFileSync(path.join(folder, "memory"), "utf8"));
  const wall = (performance.now() - start) / 1000;
  return {
    wall,
    time: (used.userCPUTime + used.systemCPUTime) / 1e6 + used.ofChildren / 100,
    memory: used.maxRSS / 1024,
  };
}

function luacov(args) {
  const { NODE_OPTIONS: _, ...environment } = process.env;
  const hook = pathToFileURL(path.join(folder, "memory.mjs")).href;
  return execFileSync(process.execPath, ["--import", hook, bin, ...args], {
    cwd: folder,
    env: environment,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
}

function moduleText() {
  const lines = ["local M = {}"];
  for (let index = 0; index < functions; index++) {
    lines.push(
      `function M.f${index}(n)`,
      "  local sum, list = 0, {}",
      "  for i = 1, n do",
      "    if i % 2 == 0 and n > 3 then",
      "      sum = sum + i",
      "    else",
      "      list[#list + 1] = i",
      "    end",
      "  end",
      "  local size = #list",
      '  if size > 5 then list = { table.concat(list, ",") } end',
      "  return sum, list",
      "end",
    );
  }
  return `${lines.join("\n")}\nreturn M\n`;
}

function specText(index) {
  const lines = Array.from(
    { length: 10 },
    (_, i) => `local m${i} = require "src.m${(7 * index + i) % modules}"`,
  );
  lines.push(`describe("s${index}", function()`, "  local n", "  before_each(function() n = 3 end)");
  for (let test = 0; test < tests; test++) {
    lines.push(`  it("does ${test}", function()`);
    for (let call = 0; call < calls; call++) {
      const seed = 31 * index + 17 * test + 13 * call;
      lines.push(`    m${seed % 10}.f${seed % functions}(${seed % 23})`);
    }
    lines.push("    assert.equal(3, n)", "  end)");
  }
  return `${lines.join("\n")}\nend)\n`;
}

function write(name, text) {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
