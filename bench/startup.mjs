// What it takes to start: help, a script, a test file in each Lua, the same again, 1,000 test files, and 20,000 sources, beside what Node
// itself takes; and what is loaded for it. As ratios within one run: other machines differ less in them than in times. Another checkout,
// which has been built, takes turns with this one.
//
//   node bench/startup.mjs [--rounds 10] [--against FOLDER] [--lua fengari --lua 5.4] [--modules 12]
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "10" },
    against: { type: "string" },
    lua: { type: "string", multiple: true, default: ["fengari", "5.1", "5.2", "5.3", "5.4", "5.5"] },
    modules: { type: "string", default: "12" },
  },
});
const root = fileURLToPath(new URL("..", import.meta.url));
const roots = {
  ...(values.against === undefined ? {} : { against: path.resolve(values.against) }),
  here: root,
};
const [cpu, modules, judge] = ["cpu.cjs", "modules.mjs", "judge.mjs"].map((name) =>
  path.join(root, "bench/startup", name),
);
const folder = mkdtempSync(path.join(tmpdir(), "luacov-ts-startup-"));
const projects = { one: 1, many: 1000 };
const sources = 20_000;

/** Arguments of the command; the last run's caches and coverage are there where it is warm. */
const commands = {
  "--version": { args: ["--version"] },
  "--help": { args: ["--help"] },
  "a script": { args: ["run", "answer.lua"] },
  "a spec": { args: ["answer_spec.lua"] },
  ...Object.fromEntries(
    values.lua.flatMap((lua) => [
      [`a file, ${lua}`, { args: ["--lua", lua] }],
      [`again, ${lua}`, { args: ["--lua", lua], isWarm: true }],
    ]),
  ),
};

try {
  for (const [project, count] of Object.entries(projects)) writeProject(project, count);
  const node = { args: ["-e", "0"] };
  const variants = Object.entries(commands).flatMap(([name, { args, ...rest }]) =>
    Object.entries(roots).map(([side, at]) => [
      `${name}${label(side)}`,
      { args: [binOf(at), ...args], ...rest },
    ]),
  );
  printStarts(timesOf([["node -e 0", node], ...variants], Number(values.rounds)));
  for (const lua of values.lua) for (const side of Object.keys(roots)) printMany(lua, side);
  printSources();
  for (const lua of values.lua.slice(0, 2)) printModules(lua);
} finally {
  rmSync(folder, { recursive: true });
}

function binOf(at) {
  return path.join(at, "bin/luacov-ts.js");
}

function label(side) {
  return values.against === undefined ? "" : ` (${side})`;
}

/** The variants take turns, so that noise of the machine meets all of them. */
function timesOf(variants, rounds) {
  const times = Object.fromEntries(variants.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, { args, isWarm = false }] of variants) {
      // What is known of the last run of another variant is not known of this one's.
      if (isWarm) run(args);
      times[name].push(run(args, { isWarm }));
    }
  }
  return times;
}

/** From start to exit, and CPU time of all threads, in milliseconds. */
function run(args, { project = "one", isWarm = false } = {}) {
  const file = path.join(folder, "cpu.txt");
  const cwd = path.join(folder, project);
  const cache = path.join(folder, "cache");
  for (const left of isWarm ? [] : [cache, path.join(cwd, ".nyc_output"), path.join(cwd, "coverage")])
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
      cells.map((cell, index) => (index === 0 ? cell.padEnd(26) : String(cell).padStart(13))).join(""),
    );
  row("", "start to exit", "by Node's", "CPU", "by Node's", "least CPU");
  for (const [name, of] of Object.entries(times)) {
    const figures = ["time", "cpu"].flatMap((key) => {
      const value = median(of.map((each) => each[key]));
      return [`${value.toFixed(0)} ms`, `${(value / median(own.map((each) => each[key]))).toFixed(2)} x`];
    });
    row(name, ...figures, `${Math.min(...of.map((each) => each.cpu)).toFixed(0)} ms`);
  }
}

function printMany(lua, side) {
  const { time, cpu: spent } = run([binOf(roots[side]), "--jobs", "1", "--lua", lua], { project: "many" });
  const each = (value) => (value / projects.many).toFixed(2);
  const name = `${projects.many} files, ${lua}${label(side)}`;
  console.log(`${name}: ${each(time)} ms each from start to exit, ${each(spent)} ms of CPU`);
}

/** Found and judged, without a start. */
function printSources() {
  const cwd = path.join(folder, "sources");
  for (let index = 0; index < sources; index++) {
    if (index % 100 === 0) mkdirSync(path.join(cwd, `src/${index / 100}`), { recursive: true });
    writeFileSync(path.join(cwd, `src/${Math.floor(index / 100)}/${index}.lua`), "");
  }
  for (const [side, at] of Object.entries(roots)) {
    const address = pathToFileURL(`${at}${path.sep}`).href;
    const { time, found } = JSON.parse(
      execFileSync(process.execPath, [judge, address], { cwd, encoding: "utf8" }),
    );
    console.log(`${found} sources${label(side)}: ${time.toFixed(0)} ms`);
  }
}

/** What is loaded for a test file, in turn: when, and how large it is, or what it took where it was required. */
function printModules(lua) {
  const file = path.join(folder, "modules.txt");
  writeFileSync(file, "");
  const env = { ...process.env, MODULES_FILE: file };
  const cwd = path.join(folder, "one");
  execFileSync(process.execPath, ["--import", modules, binOf(root), "--lua", lua], {
    cwd,
    env,
    stdio: "ignore",
  });
  const loaded = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  for (const thread of ["main", "worker"]) {
    const own = loaded.filter((each) => each.thread === thread && isFile(each.name)).map(described);
    const packages = own.filter(({ name }) => name.includes("node_modules"));
    console.log(
      `\nA file, ${lua}, ${thread}: ${own.length - packages.length} of ours and ${packages.length} of packages`,
    );
    const largest = own.toSorted((a, b) => b.weight - a.weight).slice(0, Number(values.modules));
    for (const { at, name, text } of largest.toSorted((a, b) => a.at - b.at))
      console.log(`  at ${at.toFixed(0).padStart(4)} ms ${text.padStart(9)}  ${path.relative(root, name)}`);
  }
}

function isFile(name) {
  return /^(?:file:|\/)/.test(name) && !name.includes("/bench/startup/");
}

/** A hundred KB weigh as much as two milliseconds. */
function described({ at, name, took }) {
  const file = name.startsWith("file:") ? fileURLToPath(name) : name;
  const size = statSync(file).size / 1024;
  if (took !== undefined) return { at, name: file, weight: took, text: `${took.toFixed(1)} ms` };
  return { at, name: file, weight: size / 50, text: `${size.toFixed(0)} KB` };
}

function writeProject(name, count) {
  const project = path.join(folder, name);
  mkdirSync(path.join(project, "test"), { recursive: true });
  writeFileSync(path.join(project, "answer.lua"), "return 42\n");
  writeFileSync(
    path.join(project, "answer_spec.lua"),
    'it("is there", function() assert.are.equal(42, require "answer") end)\n',
  );
  for (let index = 0; index < count; index++) {
    writeFileSync(path.join(project, `test/${index}.lua`), 'assert(require "answer" == 42)\n');
  }
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
