import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { chdir, cwd } from "node:process";
import type { Options } from "luacov-ts";
import { afterAll, expect, vi } from "vitest";
import { changeRecordFile } from "../../src/affected/record/store.js";
import { makeProject } from "../support/project.js";
import { testWith } from "../support/tools.js";
import { type Known, reasonsIn, runChanged } from "./changedRun.js";

const files = {
  "src/a.lua": [
    "local A = {}",
    "function A.one(x)",
    "  if x then",
    "    return 1",
    "  end",
    "  return 0",
    "end",
    "function A.two() return 2 end",
    'function A.fail() error("it") end',
    "local function inner() return 3 end",
    "function A.three() return inner() end",
    "-- luacov: disable",
    "function A.hidden() return 4 end",
    "-- luacov: enable",
    "return A",
    "",
  ].join("\n"),
  "src/b.lua": 'local B = {}\nfunction B.two() return require("src.a").two() end\nreturn B\n',
  "src/c.lua": "local C, x = {}, 1\nfunction C.one() return x end\nfunction C.two() return x end\nreturn C\n",
  "src/x/init.lua": "return 5\n",
  "data/x.txt": "x\n",
  "data/golden.txt": "./src/a.lua:9: it\n",
  "data/x.luax":
    'return function(f) if os.getenv "CHANGED_LOADED" then error "set" end local _, e = pcall(f) return (e:gsub("^.-:(%d+).*$", "%1")) end\n',
  "support/helper.lua": "return { value = 1 }\n",
  "spec/one_spec.lua": 'local A = require "src.a"\nit("one", function() assert.equal(1, A.one(true)) end)\n',
  "spec/two_spec.lua": 'local B = require "src.b"\nit("two", function() assert.equal(2, B.two()) end)\n',
  "spec/three_spec.lua":
    'local A = require "src.a"\nit("three", function() assert.equal(3, A.three()) end)\n',
  "spec/loads_spec.lua":
    'local A = require "src.a"\nlocal two = A.two()\nit("loads", function() assert.equal(2, two) end)\n',
  "spec/hidden_spec.lua":
    'local A = require "src.a"\nit("hidden", function() assert.equal(4, A.hidden()) end)\n',
  "spec/sees_spec.lua":
    'local A = require "src.a"\nit("sees", function() local _, e = pcall(A.fail) assert.equal("9", e:match "(%d+): it") end)\n',
  "spec/golden_spec.lua":
    'local A = require "src.a"\nit("golden", function() local co = coroutine.create(A.fail) local _, e = coroutine.resume(co) assert.equal(io.open "data/golden.txt":read "*l", e) end)\n',
  "spec/status_spec.lua":
    'local A = require "src.a"\nit("status", function() assert.is_false((pcall(A.fail))) assert.has_error(A.fail, "it") end)\n',
  "spec/loaded_spec.lua":
    'local A = require "src.a"\nit("runs what it reads", function() local f = io.open "data/x.luax" local t = f:read "*a" f:close() assert.equal("9", assert((loadstring or load)(t))()(A.fail)) end)\n',
  "spec/inside_spec.lua":
    'local C = require "src.c"\nit("counts", function() assert.equal(debug.getinfo(C.one, "u").nups, debug.getinfo(C.two, "u").nups) end)\n',
  "spec/reads_spec.lua":
    'it("reads", function() local f = io.open "data/x.txt" assert.is_truthy(f:read "*l") f:close() end)\n',
  "spec/lines_spec.lua":
    'it("lines", function() for l in io.lines "data/x.txt" do assert.is_string(l) end end)\n',
  "spec/misses_spec.lua": 'it("misses", function() assert.is_nil((io.open "data/none.txt")) end)\n',
  "spec/requires_spec.lua": 'it("requires", function() assert.is_false((pcall(require, "src.none"))) end)\n',
  "spec/asks_spec.lua": 'it("asks", function() assert.is_nil(os.getenv "CHANGED_ASKS") end)\n',
  "spec/helped_spec.lua":
    'local helper = require "support.helper"\nit("helped", function() assert.equal(1, helper.value) end)\n',
  "spec/init_spec.lua": 'it("init", function() assert.equal(5, require "src.x") end)\n',
  "spec/writes_spec.lua":
    'it("writes", function() local f = io.open("out.txt", "w") f:write "o" f:close() assert.equal("o", io.open("out.txt"):read "*a") os.remove "out.txt" end)\n',
} as const;

type Edit = (write: (name: string, change: (text: string) => string | null) => void) => void;

/** A change, and which specs it touches, each with a part of the reason. */
const cases: readonly (readonly [what: string, edit: Edit, touched: Readonly<Record<string, string>>])[] = [
  ["nothing", () => {}, {}],
  ["a statement", (w) => w("src/a.lua", (t) => t.replace("return 1", "return 1.0")), { one: "src/a.lua:4" }],
  [
    "an end in the last line",
    (w) => w("src/a.lua", (t) => t.replace("return 0\nend", "return 0;\nend")),
    { one: "src/a.lua:6" },
  ],
  [
    "a local that shadows",
    (w) => w("src/a.lua", (t) => t.replace("  if x then", "  local y; if x then")),
    { one: "src/a.lua:3" },
  ],
  [
    "a signature",
    (w) => w("src/a.lua", (t) => t.replace("A.two()", "A.two(_)")),
    { two: "1 test", loads: "it calls" },
  ],
  [
    "a function within",
    (w) => w("src/a.lua", (t) => t.replace("return 3", "return 1 + 2")),
    { three: "src/a.lua:10" },
  ],
  ["a comment", (w) => w("src/a.lua", (t) => t.replace("local A", "--[[ a ]] local A")), {}],
  [
    "a line more",
    (w) => w("src/a.lua", (t) => `-- first\n${t}`),
    { sees: "have moved", golden: "have moved", loaded: "have moved" },
  ],
  [
    "a line more behind what raises",
    (w) => w("src/a.lua", (t) => t.replace("return A\n", "-- all\nreturn A\n")),
    {},
  ],
  [
    "a local of another function that is used",
    (w) => w("src/c.lua", (t) => t.replace("C.two() return x", "C.two() return x, C")),
    { inside: "may look at what it does not run" },
  ],
  [
    "a function that nobody can count",
    (w) => w("src/a.lua", (t) => t.replace("return 4", "return 2 + 2")),
    {
      one: "it loads",
      two: "it loads",
      three: "it loads",
      loads: "it loads",
      hidden: "it loads",
      sees: "it loads",
      golden: "it loads",
      status: "it loads",
      loaded: "it loads",
    },
  ],
  [
    "the main chunk",
    (w) => w("src/b.lua", (t) => t.replace("local B = {}", "local B = { n = 1 }")),
    { two: "it loads src/b.lua:1" },
  ],
  [
    "what is no Lua any more",
    (w) => w("src/b.lua", (t) => t.replace("return B", "return B +")),
    { two: "as a whole" },
  ],
  ["a source that is gone", (w) => w("src/b.lua", () => null), { two: "is gone" }],
  [
    "data",
    (w) => w("data/x.txt", () => "y\n"),
    { reads: "which it reads, has changed", lines: "data/x.txt" },
  ],
  ["data that is gone", (w) => w("data/x.txt", () => null), { reads: "is gone", lines: "is gone" }],
  [
    "data that was missed",
    (w) => w("data/none.txt", () => ""),
    { misses: "looked for in vain, is there now" },
  ],
  ["a module that was missed", (w) => w("src/none.lua", () => "return 1"), { requires: "is there now" }],
  [
    "a helper",
    (w) => w("support/helper.lua", (t) => t.replace("1", "0 + 1")),
    { helped: "it loads support/helper.lua:1" },
  ],
  ["a spec", (w) => w("spec/one_spec.lua", (t) => `${t}-- more\n`), { one: "it has changed" }],
  ["a new spec", (w) => w("spec/new_spec.lua", () => 'it("new", function() end)'), { new: "it is new" }],
  ["a spec that is gone", (w) => w("spec/one_spec.lua", () => null), {}],
  ["a file that a spec writes", (w) => w("out.txt", () => "other"), {}],
  [
    "a module before the one that was found",
    (w) => w("src/x.lua", () => "return 5"),
    { init: "is there now" },
  ],
];

const home = cwd();
/** A project that has run once, with its record. */
async function knownProject(lua: string): Promise<Known> {
  const folder = makeProject({ ...files });
  await runChanged({ folder, lua }, ".kept");
  return { folder, lua };
}

/** Runs what a change touches in a project that is as it was when it was recorded, but for the change. */
async function touchedBy(
  known: Known,
  edit: Edit,
  options: Options = {},
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { folder } = known;
  const restore: (() => void)[] = [];
  edit((name, change) => {
    const file = path.join(folder, name);
    const before = Object.hasOwn(files, name) ? readFileSync(file, "utf8") : null;
    restore.push(() => (before === null ? rmSync(file) : writeFileSync(file, before)));
    const after = change(before ?? "");
    mkdirSync(path.dirname(file), { recursive: true });
    if (after === null) rmSync(file);
    else writeFileSync(file, after);
  });
  try {
    const own = changeRecordFile(path.join(folder, ".changed/luacov-ts/tests.json"));
    rmSync(path.join(folder, ".changed"), { recursive: true, force: true });
    mkdirSync(path.dirname(own), { recursive: true });
    copyFileSync(changeRecordFile(path.join(folder, ".kept/luacov-ts/tests.json")), own);
    return reasonsIn(await runChanged(known, ".changed", options));
  } finally {
    for (const each of restore) each();
  }
}

afterAll(() => chdir(home));

/** What engines find out each in its own way: what is called, loaded, opened and looked for. */
const byEngine: readonly string[] = [
  ...[
    "a statement",
    "a line more",
    "a local of another function that is used",
    "data",
    "data that was missed",
    "a module that was missed",
    "a helper",
  ],
  ...["a file that a spec writes", "a module before the one that was found"],
];

async function checkCases(lua: string, asked: typeof cases): Promise<void> {
  const known = await knownProject(lua);
  for (const [what, edit, expected] of asked) {
    const touched = await touchedBy(known, edit);
    expect({ what, touched: Object.keys(touched).sort() }).toEqual({
      what,
      touched: Object.keys(expected).sort(),
    });
    for (const [name, reason] of Object.entries(expected))
      expect(touched[name]?.join("; "), `${what}: ${name}`).toContain(reason);
  }
}

const told = cases.filter(([what]) => byEngine.includes(what));

testWith()("what a change touches", () => checkCases("fengari", cases), 300_000);
testWith()("what a change touches in 5.4", () => checkCases("5.4", told), 120_000);
testWith("lua5.4")("what a change touches in lua5.4", () => checkCases("lua5.4", told), 120_000);
testWith("luajit")("what a change touches in LuaJIT", () => checkCases("luajit", told), 120_000);

testWith()(
  "what all test files depend on",
  async () => {
    const known = await knownProject("fengari");
    const all = Object.keys(files).filter((name) => name.startsWith("spec/")).length;
    const byOption = await touchedBy(known, () => {}, { maxInstructions: 1_000_000_000 });
    expect(Object.keys(byOption)).toHaveLength(all);
    expect(byOption.one?.[0]).toBe("the configuration is not what it was in its last run");
    const byReporter = await touchedBy(known, () => {}, { reportDir: "other", bail: 3, jobs: 1 });
    expect(byReporter).toEqual({});
    const byFile = await touchedBy(known, (w) => w(".luacov", () => "return {}\n"));
    expect(byFile.one?.[0]).toContain("the configuration is not");
  },
  60_000,
);

testWith()(
  "a variable of the environment",
  async () => {
    const known = await knownProject("fengari");
    vi.stubEnv("CHANGED_ASKS", "");
    expect(await touchedBy(known, () => {})).toEqual({
      asks: ["CHANGED_ASKS, for which it may ask the environment, is another"],
    });
    vi.unstubAllEnvs();
    vi.stubEnv("CHANGED_LOADED", "");
    expect(await touchedBy(known, () => {})).toEqual({
      loaded: ["CHANGED_LOADED, for which it may ask the environment, is another"],
    });
    vi.unstubAllEnvs();
  },
  60_000,
);
