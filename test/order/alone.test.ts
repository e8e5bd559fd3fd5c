import { loadConfig, type OrderReport, testsAlone } from "luacov-ts";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";

const memory = `local Memory = { known = {}, loads = 0 }
Memory.loads = Memory.loads + 1
function Memory.get(key)
  if Memory.known[key] == nil then
    Memory.known[key] = key .. "!"
  end
  return Memory.known[key]
end
function Memory.fill(...)
  Memory.list = { ... }
end
return Memory
`;

const files = {
  "src/memory.lua": memory,
  "spec/memory_spec.lua": `local Memory = require "src.memory"
describe("a memory", function()
  setup(function() Memory.prepared = true end)
  it("gets", function() Memory.get("a") end)
  it("does nothing", function() end)
  it("fills", function() Memory.fill(1, 2) end)
  it("gets again", function() Memory.get("a") end)
  it("counts", function() assert.equal(2, #Memory.list) end)
  it("is empty", function() assert.is_nil(Memory.known.a) end)
  it("needs both", function() assert(Memory.known.a and Memory.list and Memory.prepared) end)
  it("is loaded", function() assert.equal(1, Memory.loads) end)
end)
describe("a strict block", function()
  strict_setup(function() Memory.strict = Memory.get("strict") end)
  it("has what was set up", function() assert.equal("strict!", Memory.strict) end)
end)
`,
  "spec/single_spec.lua": 'it("is alone", function() require("src.memory").get("a") end)\n',
  "test/script.lua": 'require("src.memory").get("a")\n',
};

async function reportOf(folder: string, lua: string, patterns: readonly string[]): Promise<OrderReport> {
  const config = await loadConfig({ cwd: folder, luaPath: "?.lua", lua: [lua], jobs: 1 });
  return testsAlone(config, { patterns: patterns.map((each) => `${folder}/${each}`) });
}

/** Each test by the last of its names, and the lines of its differences. */
function shown({ dependent }: OrderReport) {
  return dependent.map(({ test: { names }, inOrder, alone, onlyAlone, onlyInOrder, isSteady, after }) => {
    const [both, lines] = [[...onlyAlone, ...onlyInOrder], onlyAlone.flatMap((each) => each.lines)];
    return {
      name: names.at(-1),
      inOrder,
      alone,
      lines: both.length === 0 ? null : lines,
      isSteady,
      after: after?.map((each) => each.line) ?? null,
    };
  });
}

testWith("lua5.4", "luajit").each(["5.4", "lua5.4", "luajit"])(
  "tests of specs that depend on others are found in %s, with those that they depend on",
  async (lua) => {
    const found = await reportOf(makeFolder(files), lua, ["spec", "test"]);
    const steady = { isSteady: true };
    expect(shown(found)).toEqual([
      { name: "gets again", inOrder: "passes", alone: "passes", lines: [5], ...steady, after: [4] },
      { name: "counts", inOrder: "passes", alone: "fails", lines: null, ...steady, after: [6] },
      { name: "is empty", inOrder: "fails", alone: "passes", lines: null, ...steady, after: [4] },
      { name: "needs both", inOrder: "passes", alone: "fails", lines: null, ...steady, after: [4, 6] },
    ]);
    expect(found).toMatchObject({ tests: 10, alone: 8, inseparable: [], comparesCoverage: true });
  },
);

const luaunit = `local lu = require "luaunit"
local Memory = require "src.memory"
TestMemory = {}
function TestMemory.testA() Memory.get("a") end
function TestMemory.testB() Memory.fill(1) end
function TestMemory.testC() Memory.get("a") end
function TestMemory.testD() lu.assertEquals(#Memory.list, 1) end
os.exit(lu.LuaUnit.run())
`;

testWith("luaunit", "luajit").each(["fengari", "luajit"])("LuaUnit's, too, in %s", async (lua) => {
  const folder = makeFolder({ "src/memory.lua": memory, "test/memory.lua": luaunit });
  const found = await reportOf(folder, lua, ["test"]);
  expect(shown(found)).toMatchObject([
    { name: "testC", inOrder: "passes", alone: "passes", lines: [5], after: [4] },
    { name: "testD", inOrder: "passes", alone: "fails", after: [5] },
  ]);
});

const late = `local shared
before_each(function() shared = require "src.memory" end)
it("loads", function() shared.get("a") end)
it("is loaded for", function() shared.get("b") end)
it("gets", function() shared.get("a") end)
`;

test("what runs while a source is loaded is no difference, and what cannot be told from it is not compared", async () => {
  // What is called as it is loaded, too.
  const files = { "src/memory.lua": memory.replace("return Memory\n", "Memory.fill()\nreturn Memory\n") };
  const folder = makeFolder({ ...files, "spec/late_spec.lua": late });
  const { code, stdout } = await runCli(folder, ["--alone", "--quiet", "--jobs", "1"]);
  expect([code, stdout]).toEqual([
    1,
    `spec/late_spec.lua:5  gets
  covers only after spec/late_spec.lua:3: src/memory.lua: a way at 4

2 tests load sources alone that are loaded before in order; what else they cover only alone is not told: spec/late_spec.lua:4, spec/late_spec.lua:5

3 tests, 2 behind others: 1 depends on others
`,
  ]);
});

testWith("luaunit")("what a file does not let run alone is said", async () => {
  const text = luaunit.replace("run()", 'run("TestMemory.testA", "TestMemory.testB")');
  const folder = makeFolder({ "src/memory.lua": memory, "test/memory.lua": text });
  const { inseparable } = await reportOf(folder, "fengari", ["test"]);
  expect(inseparable).toMatchObject([
    { test: { names: ["TestMemory", "testB"] }, reason: "other tests run with it, whatever is asked for" },
  ]);
});

test("what differs each time it runs alone is not laid at others' door", async () => {
  const folder = makeFolder({
    "spec/turns_spec.lua": `it("a", function() end)
it("takes turns", function()
  local file = io.open("turns", "a")
  file:write("x") file:close()
  file = io.open("turns")
  local length = #file:read("a") file:close()
  assert(length ~= 2)
end)
it("twin", function() end)
it("twin", function() end)
`,
  });
  const { code, stdout } = await runCli(folder, ["--alone", "--quiet", "--jobs", "1"]);
  expect([code, stdout]).toEqual([
    1,
    `spec/turns_spec.lua:2  takes turns
  does not do the same each time it runs

spec/turns_spec.lua:9  twin
  cannot run alone: another test of the file has its name
spec/turns_spec.lua:10  twin
  cannot run alone: another test of the file has its name

4 tests, 1 behind others: none depends on another, 1 not the same each time, 2 not run alone
`,
  ]);
});

const few = `local Memory = require "src.memory"
it("gets", function() Memory.get("a") end)
it("gets again", function() Memory.get("a") end)
it("is empty", function() assert.is_nil(Memory.known.a) end)
`;

test("--alone says so in sentences", async () => {
  const folder = makeFolder({ "src/memory.lua": memory, "spec/few_spec.lua": few });
  const { code, stdout, stderr } = await runCli(folder, ["--alone", "--jobs", "1"]);
  expect([code, stdout]).toEqual([
    1,
    `spec/few_spec.lua:3  gets again
  covers only alone, not after spec/few_spec.lua:2: src/memory.lua: 5, a way at 4
  covers only after spec/few_spec.lua:2: src/memory.lua: a way at 4
spec/few_spec.lua:4  is empty
  passes alone, fails after spec/few_spec.lua:2

3 tests, 2 behind others: 2 depend on others
`,
  ]);
  expect(stderr).toBe(
    "Running 1 test file in order\nRunning 2 tests alone\nLooking for what 2 tests may depend on\n",
  );
});

test("where no test depends on another, the exit code is 0, and nothing is kept", async () => {
  const folder = makeFolder({ "spec/a_spec.lua": 'it("a", function() end)\nit("b", function() end)\n' });
  const { code, stdout } = await runCli(folder, ["--alone", "--json"]);
  expect([code, JSON.parse(stdout)]).toMatchObject([0, { tests: 2, alone: 1, dependent: [] }]);
  expect((await runCli(folder, ["who", "src/a.lua"])).code).toBe(1);
});

test.for([
  ["alone", 0],
  ["search", 2],
] as const)(
  "a run that is interrupted at the phase %j says nothing of what it has not seen",
  async ([last, alone]) => {
    const folder = makeFolder({ "src/memory.lua": memory, "spec/few_spec.lua": few });
    const config = await loadConfig({ cwd: folder, luaPath: "?.lua", jobs: 1 });
    const stop = new AbortController();
    const onPhase = (phase: string) => {
      if (phase === last) stop.abort();
    };
    const found = await testsAlone(config, { patterns: [`${folder}/spec`], signal: stop.signal, onPhase });
    expect(found).toMatchObject({ tests: 3, alone, dependent: [], inseparable: [], interrupted: true });
  },
);

test.for([
  ["--list", "it takes no --list"],
  ["--watch", "it takes no --watch"],
] as const)("--alone %s is refused", async ([flag, message]) => {
  const { code, stderr } = await runCli(makeFolder(files), ["--alone", flag]);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});

testWith("lua5.1", "busted")("with an installed busted, results are compared", async () => {
  const folder = makeFolder(files);
  const args = ["--alone", "--quiet", "--lua", "lua5.1", "--framework", "busted", "spec"];
  const { stdout } = await runCli(folder, args);
  expect(stdout).toContain("fails alone, passes after spec/memory_spec.lua:6\n");
  expect(stdout).toContain("Only results were compared, not what tests cover.\n");
});
