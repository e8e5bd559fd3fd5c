import { expect, test } from "vitest";
import { runCli } from "../../support/cli.js";
import { startBusted } from "../../support/debianLua.js";
import { makeFolder } from "../../support/folder.js";
import { testWith } from "../../support/tools.js";

const files = {
  ".busted": "return {}",
  "spec/cart_spec.lua": `describe("cart", function()
  setup(function() print("set up") end)
  it("adds #fast", function()
    print("added")
  end)
  describe("totals", function()
    for _, n in ipairs { 1, 2 } do
      it("of " .. n, function() print("total " .. n) end)
    end
    pending("later")
  end)
end)
`,
  "unit/sums.lua": `local lu = require "luaunit"
TestSums = {}
function TestSums:testOne() print("one") end
function TestSums:testTwo()
  print("two")
end
function TestSums:setUp() end
function testAlone() print("alone") end
os.exit(lu.LuaUnit.run())
`,
  "unit/script.lua": 'print("script")',
};

const listed = `spec/cart_spec.lua:3: cart adds #fast
spec/cart_spec.lua:8: cart totals of 1
spec/cart_spec.lua:8: cart totals of 2
spec/cart_spec.lua:10: cart totals later
`;

test("--list shows tests where they are written, and runs none", async () => {
  const folder = makeFolder(files);
  const specs = await runCli(folder, ["--list", "spec"]);
  expect(specs).toEqual({ code: 0, stdout: listed, stderr: "" });
  const others = await runCli(folder, ["-l", "unit"]);
  expect(others.stdout.split("\n")).toEqual([
    "unit/script.lua",
    "unit/sums.lua:3: TestSums.testOne",
    "unit/sums.lua:4: TestSums.testTwo",
    "unit/sums.lua:8: testAlone",
    "",
  ]);
  const filtered = await runCli(folder, ["--list", "--tags", "fast", "spec"]);
  expect(filtered.stdout).toBe(`${listed.split("\n")[0]}\n`);
});

test("with --json the same is for programs", async () => {
  const folder = makeFolder(files);
  const { code, stdout } = await runCli(folder, [
    "--list",
    "--json",
    "--tags",
    "fast",
    "spec",
    "unit/script.lua",
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    tests: [
      { file: "spec/cart_spec.lua", line: 3, name: "cart adds #fast" },
      { file: "unit/script.lua", line: null, name: "unit/script.lua" },
    ],
    change: null,
  });
  const changed = await runCli(folder, ["--list", "--json", "--changed", "unit/script.lua"]);
  expect(JSON.parse(changed.stdout).change).toEqual({
    files: [{ file: "unit/script.lua", reasons: ["it is new, or has not run with --changed yet"] }],
    unchanged: [],
  });
  expect(changed.stderr).toBe("");
});

test("what cannot be read is told, and nothing left is a failure", async () => {
  const folder = makeFolder({ "spec/a_spec.lua": 'describe("a", function() error("no") end)' });
  const broken = await runCli(folder, ["--list"]);
  expect([broken.code, broken.stdout]).toEqual([1, ""]);
  expect(broken.stderr).toContain("no");
  expect((await runCli(folder, ["--list", "--filter", "x", "spec"])).code).toBe(1);
});

test("of a file that no Lua reads, the error is told and its line", async () => {
  const syntax = '\nit("x" function() end)';
  const folder = makeFolder({ "spec/syn_spec.lua": syntax, "spec/a_spec.lua": 'it("a", function() end)' });
  const problem = "has a syntax error in line 2, ')' expected near 'function'";
  const listing = await runCli(folder, ["-l"]);
  expect(listing).toEqual({
    code: 1,
    stdout: "spec/a_spec.lua:1: a\n",
    stderr: `ERROR: spec/syn_spec.lua ${problem}\n`,
  });
  const atLine = await runCli(folder, ["spec/syn_spec.lua:2"]);
  expect([atLine.code, atLine.stderr]).toEqual([
    2,
    `ERROR: There is no test at line 2 of spec/syn_spec.lua: the file ${problem}\n`,
  ]);
});

testWith("lua5.3", "busted")("--list has the lines that busted has", () => {
  const folder = makeFolder(files);
  const { stdout, stderr } = startBusted("lua5.3", ["-C", folder, "--list"]);
  expect([stdout, stderr]).toEqual([listed, ""]);
});

/** Operands, then the tests that run, as they say by printing. */
const lines: readonly (readonly [operands: readonly string[], printed: readonly string[]])[] = [
  [["spec/cart_spec.lua:4"], ["set up", "added"]],
  [["spec/cart_spec.lua:8"], ["set up", "total 1", "total 2"]],
  [["spec/cart_spec.lua:7"], ["set up", "total 1", "total 2"]],
  [["spec/cart_spec.lua:2"], ["set up", "added", "total 1", "total 2"]],
  [
    ["spec/cart_spec.lua:3", "spec/cart_spec.lua:10"],
    ["set up", "added"],
  ],
  [
    ["spec/cart_spec.lua:3", "spec/cart_spec.lua"],
    ["set up", "added", "total 1", "total 2"],
  ],
  [["unit/sums.lua:5"], ["two"]],
  [
    ["unit/sums.lua:3", "unit/sums.lua:8"],
    ["one", "alone"],
  ],
];

test("file:line runs the test at that line, or those of the block around it", async () => {
  const folder = makeFolder(files);
  const needed = lines.filter(([[first = ""]]) => first.startsWith("spec"));
  const answers = await Promise.all(
    needed.map(([operands]) => runCli(folder, ["--no-coverage", ...operands])),
  );
  const said = /^(set up|added|total \d|one|two|alone)$/gm;
  expect(answers.map(({ stdout }) => stdout.match(said))).toEqual(needed.map(([, printed]) => printed));
});

testWith("luaunit")("file:line of LuaUnit's tests is that method or function", async () => {
  const folder = makeFolder(files);
  const needed = lines.filter(([[first = ""]]) => first.startsWith("unit"));
  const answers = await Promise.all(
    needed.map(([operands]) => runCli(folder, ["--no-coverage", ...operands])),
  );
  expect(answers.map(({ stdout }) => stdout.match(/^(one|two|alone)$/gm)?.sort())).toEqual(
    needed.map(([, printed]) => printed.toSorted()),
  );
});

test("a line without a test, and one of a script, are told of", async () => {
  const folder = makeFolder(files);
  const [none, script] = await Promise.all([
    runCli(folder, ["spec/cart_spec.lua:99"]),
    runCli(folder, ["unit/script.lua:1"]),
  ]);
  expect([none.code, none.stderr]).toEqual([
    2,
    "ERROR: There is no test at line 99 of spec/cart_spec.lua: no describe or it has that line in it\n",
  ]);
  expect([script.code, script.stderr]).toEqual([
    2,
    "ERROR: There is no test at line 1 of unit/script.lua: it is a script, which is one test as a whole\n",
  ]);
});
