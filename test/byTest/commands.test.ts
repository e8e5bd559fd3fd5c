import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";

const cart = `local Cart = {}
Cart.__index = Cart

function Cart.new()
  return setmetatable({ total = 0 }, Cart)
end

function Cart:add(price)
  if price < 0 then
    error("negative")
  end
  self.total = self.total + price
end

return Cart
`;
const files = {
  "src/cart.lua": cart,
  "spec/cart_spec.lua": `local Cart = require "src.cart"
describe("a cart", function()
  local cart
  setup(function() Cart.new():add(1) end)
  before_each(function() cart = Cart.new() end)
  it("adds", function() cart:add(2) end)
  it("refuses", function() assert.has_error(function() cart:add(-1) end) end)
  it("is there", function() assert(cart) end)
end)
`,
  "test/script.lua": `local Cart = require "src.cart"
for _ = 1, 3 do Cart.new():add(4) end
`,
};
const quiet = ["--test-reporter", "dot", "--reporter", "none"];

async function ran(...args: readonly string[]): Promise<string> {
  const folder = makeFolder(files);
  const { code, stderr } = await runCli(folder, [...quiet, "--by-test", ...args]);
  expect([code, stderr]).toEqual([0, ""]);
  return folder;
}

test("who says which tests run a line, a function or a source, and how often", async () => {
  const folder = await ran();
  const [line, fn, source, both] = await Promise.all([
    runCli(folder, ["who", "src/cart.lua:10"]),
    runCli(folder, ["who", "add"]),
    runCli(path.join(folder, "src"), ["who", "--cwd", "..", "cart.lua"]),
    runCli(folder, ["who", "cart.lua:2", "src/cart.lua:Cart.new"]),
  ]);
  expect([line.code, line.stderr]).toEqual([0, ""]);
  expect(line.stdout).toBe("src/cart.lua:10: 1 of 4 tests\n\n  1x  spec/cart_spec.lua:7  a cart refuses\n");
  expect(fn.stdout).toBe(`src/cart.lua:8 Cart:add: 4 of 4 tests

  2x  spec/cart_spec.lua:6  a cart adds
  2x  spec/cart_spec.lua:7  a cart refuses
  1x  spec/cart_spec.lua:8  a cart is there (in a setup or teardown of its block)
  3x  test/script.lua
`);
  expect(source.stdout).toMatch(/^src\/cart\.lua: 4 of 4 tests\n/);
  expect(both.stdout).toMatch(
    /^src\/cart\.lua:2: 1 of 4 tests\n\n {2}1x {2}test\/script\.lua\n {2}1x {2}outside of any test\n/,
  );
});

test("who answers in JSON", async () => {
  const folder = await ran();
  const { stdout } = await runCli(folder, ["who", "--json", "src/cart.lua:10"]);
  expect(JSON.parse(stdout)).toEqual([
    {
      source: "src/cart.lua",
      line: 10,
      function: null,
      tests: [
        {
          file: "spec/cart_spec.lua",
          line: 7,
          names: ["a cart", "refuses"],
          luas: [null],
          runs: 1,
          times: 1,
          within: "test",
        },
      ],
      outside: 0,
    },
  ]);
});

const answer = `src/cart.lua: 9 statements, run by 4 of 4 tests

  statements  alone     test
  3           -         spec/cart_spec.lua:6  a cart adds
  4           1, 1 way  spec/cart_spec.lua:7  a cart refuses
  3           -         spec/cart_spec.lua:8  a cart is there
  8           -         test/script.lua

Tests that add nothing:
  spec/cart_spec.lua:6  a cart adds
  spec/cart_spec.lua:8  a cart is there
  test/script.lua

Statements that only one test runs:
  src/cart.lua: 10  spec/cart_spec.lua:7  a cart refuses
`;

test("tests says what each test covers of sources, and what it alone covers", async () => {
  const folder = await ran();
  const [one, all, json] = await Promise.all([
    runCli(folder, ["tests", "src/cart.lua"]),
    runCli(folder, ["tests"]),
    runCli(folder, ["tests", "--json", "src"]),
  ]);
  expect(one.stdout).toBe(answer);
  expect(all.stdout).toBe(answer);
  const { onlyOneTest, tests } = JSON.parse(json.stdout);
  expect(onlyOneTest).toMatchObject([{ source: "src/cart.lua", lines: [10], test: { line: 7 } }]);
  expect(tests.map(({ addsNothing }: { addsNothing: boolean }) => addsNothing)).toEqual([
    true,
    false,
    true,
    true,
  ]);
});

test("a folder called tests is what runs, but before sources", async () => {
  const folder = await ran();
  const inTests = makeFolder({ ...files, "tests/a.lua": 'require "src.cart"' });
  await runCli(inTests, [...quiet, "--by-test", "tests"]);
  const [asked, all, run, spec] = await Promise.all([
    runCli(inTests, ["tests", "src/cart.lua"]),
    runCli(inTests, ["tests", ".", "--json"]),
    runCli(inTests, ["--list", "tests"]),
    runCli(inTests, ["--list", "tests", "spec/cart_spec.lua"]),
  ]);
  expect(asked.stdout).toMatch(/^src\/cart\.lua: 9 statements, run by 1 of 1 test\n/);
  expect(JSON.parse(all.stdout).sources).toEqual(["src/cart.lua"]);
  expect(run.stdout).toContain("tests/a.lua");
  expect(spec.stdout).toContain("tests/a.lua");
  expect(spec.stdout).toContain("spec/cart_spec.lua");
  expect((await runCli(folder, ["tests", "spec"])).stderr).toContain('"spec"');
});

test("what cannot be answered is said in a sentence", async () => {
  const folder = await ran();
  const none = makeFolder(files);
  const [line, name, source, never, flag, program] = await Promise.all([
    runCli(folder, ["who", "src/cart.lua:99"]),
    runCli(folder, ["who", "src/cart.lua:gone"]),
    runCli(folder, ["who", "src/card.lua:1"]),
    runCli(none, ["who", "src/cart.lua:1"]),
    runCli(folder, ["--json", "spec"]),
    runCli(folder, ["run", "--by-test", "src/cart.lua"]),
  ]);
  expect([line.code, line.stderr]).toEqual([
    1,
    "ERROR: src/cart.lua has no statement on line 99 that counts\n",
  ]);
  expect(name.stderr).toBe("ERROR: src/cart.lua has no function gone that counts\n");
  expect(source.stderr).toContain("perhaps src/cart.lua");
  expect(never.stderr).toContain("a run with --by-test leaves it");
  expect([flag.code, flag.stderr]).toEqual([
    2,
    expect.stringContaining(
      "--json is an option of doctor, who and mutate, of --alone and --list, and of tests, where there must be sources behind it if a folder is called tests (luacov-ts help tests)",
    ),
  ]);
  expect(program.stderr).toContain("a program is no test");
});

test.for([
  ["--framework", "busted"],
  ["--collector", "hook"],
])("%s %s does not go with it", async (args) => {
  const { code, stderr } = await runCli(makeFolder(files), ["--by-test", ...args]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("by-test does not work with")]);
});

test("a source that has changed is said to have changed", async () => {
  const folder = await ran();
  writeFileSync(path.join(folder, "src/cart.lua"), `-- more\n${cart}`);
  const { stderr } = await runCli(folder, ["who", "src/cart.lua:10"]);
  expect(stderr).toContain("src/cart.lua has changed since the tests ran");
});

/** What was kept, without times, sources and Luas. */
function kept(folder: string): readonly string[] {
  const own = path.join(folder, ".nyc_output/luacov-ts");
  const names = readdirSync(own).filter((name) => name.startsWith("by-test-"));
  const lines = names.flatMap((name) =>
    gunzipSync(readFileSync(path.join(own, name)))
      .toString()
      .split("\n"),
  );
  return lines
    .filter((line) => line.startsWith('{"row"'))
    .map((line) => line.replace(/"lua":"[^"]*"/, '"lua":null'));
}

test("a run replaces what runs left that ended before it began, and leaves that of others", async () => {
  const folder = await ran();
  const own = path.join(folder, ".nyc_output/luacov-ts");
  const names = () => readdirSync(own).filter((name) => name.startsWith("by-test-"));
  // More than is read to know when its run took place.
  const other = "by-test-00000000-0000-4000-8000-000000000000.jsonl.gz";
  const now = Date.now();
  const head = { format: "luacov-ts by test", version: 1, root: folder, began: now, ended: now + 3_600_000 };
  const filler = randomBytes(100_000).toString("hex");
  writeFileSync(path.join(own, other), gzipSync(`${JSON.stringify(head)}\n${filler}\n`));
  const before = names().filter((name) => name !== other);
  await runCli(folder, [...quiet, "--by-test"]);
  const after = names();
  expect(before).toHaveLength(1);
  expect(after).toHaveLength(2);
  expect(after).toContain(other);
  expect(after).not.toContain(before[0]);
});

test("shards leave what one run leaves, and rounds add up", async () => {
  const [whole, folder] = [await ran(), makeFolder(files)];
  const args = [...quiet, "--by-test"];
  await runCli(folder, [...args, "--shard", "1/2"]);
  await runCli(folder, [...args, "--no-clean", "--shard", "2/2"]);
  // Rows have other numbers.
  const rows = (each: string) =>
    kept(each)
      .map((row) => row.replace(/"blocks":[^\]]*/, ""))
      .toSorted();
  expect(rows(folder)).toEqual(rows(whole));
  const [one, two] = await Promise.all(
    [whole, folder].map((each) => runCli(each, ["tests", "src/cart.lua"])),
  );
  expect(two?.stdout.split("\n").toSorted()).toEqual(one?.stdout.split("\n").toSorted());
  const repeated = await ran("--repeat", "3", "--jobs", "2");
  const { stdout } = await runCli(repeated, ["who", "--json", "src/cart.lua:10"]);
  expect(JSON.parse(stdout)[0].tests).toMatchObject([{ times: 3, runs: 3 }]);
});

const memory = {
  "src/memory.lua": `local known, M = {}, {}
function M.get(key)
  if not known[key] then
    known[key] = jit and 1 or math.type and 2 or 3
  end
  if math.type then
    return known[key]
  end
end
return M
`,
  "spec/memory_spec.lua": `local M = require "src.memory"
it("gets", function() M.get("a") end)
it("gets again", function() M.get("a") end)
`,
};

/** What `tests` says last, in the order of the alphabet. */
async function varying(folder: string): Promise<readonly string[]> {
  const { stdout } = await runCli(folder, ["tests"]);
  const [, lines = ""] = stdout.split("\n\nWhat tests do not cover in each run, or in each Lua:\n");
  return lines.trim().split(/\n */).toSorted();
}

test("tests says what a test does not cover in each of its runs", async () => {
  const folder = makeFolder(memory);
  await runCli(folder, [...quiet, "--by-test", "--repeat", "6", "--shuffle-tests", "--seed", "1"]);
  expect(await varying(folder)).toEqual([
    "src/memory.lua: 3-4  spec/memory_spec.lua:2  gets  (not in each of its runs)",
    "src/memory.lua: 3-4  spec/memory_spec.lua:3  gets again  (not in each of its runs)",
  ]);
  const { stdout } = await runCli(folder, ["tests", "--json", "src"]);
  const each = {
    source: "src/memory.lua",
    lines: [3, 4],
    test: expect.objectContaining({ runs: 6, names: ["gets"] }),
    luas: null,
  };
  expect(JSON.parse(stdout).varying).toEqual(expect.arrayContaining([expect.objectContaining(each)]));
});

test("tests says what a test covers in some of its Luas alone, and nothing where all runs do the same", async () => {
  const folder = makeFolder(memory);
  await runCli(folder, [...quiet, "--by-test", "--lua", "5.1", "--lua", "5.4", "--lua", "fengari"]);
  expect(await varying(folder)).toEqual([
    "src/memory.lua: 4, 6  spec/memory_spec.lua:2  gets  (in 5.1, not in fengari and 5.4)",
    "src/memory.lua: 4, 6-7  spec/memory_spec.lua:2  gets  (in fengari and 5.4, not in 5.1)",
    "src/memory.lua: 6  spec/memory_spec.lua:3  gets again  (in 5.1, not in fengari and 5.4)",
    "src/memory.lua: 6-7  spec/memory_spec.lua:3  gets again  (in fengari and 5.4, not in 5.1)",
  ]);
  expect(await varying(await ran("--repeat", "2"))).toEqual([""]);
});

test("a run without it leaves nothing of an older one", async () => {
  const folder = await ran();
  await runCli(folder, quiet);
  expect(kept(folder)).toEqual([]);
  expect((await runCli(folder, ["who", "add"])).code).toBe(1);
});

testWith("lua5.4", "lua5.1", "luajit").each(["5.1", "5.4", "lua5.4", "lua5.1", "luajit"])(
  "%s keeps what fengari does",
  async (lua) => {
    const [folder, own] = [await ran("--lua", "fengari"), await ran("--lua", lua)];
    expect(kept(own)).toEqual(kept(folder));
  },
);

const luaunit = {
  "src/cart.lua": cart,
  "test/cart.lua": `local lu = require "luaunit"
local Cart = require "src.cart"
TestCart = {}
function TestCart.setupClass() Cart.new() end
function TestCart:setUp() self.cart = Cart.new() end
function TestCart:tearDown() self.cart:add(1) end
function TestCart:testAdds() self.cart:add(2) end
function TestCart:testRefuses() lu.assertError(self.cart.add, self.cart, -1) end
function testAlone() Cart.new() end
os.exit(lu.LuaUnit.run())
`,
};

testWith("luaunit").each(["fengari", "5.4"])("LuaUnit's tests in %s", async (lua) => {
  const folder = makeFolder(luaunit);
  await runCli(folder, [...quiet, "--by-test", "--lua", lua]);
  const [line, fn] = await Promise.all([
    runCli(folder, ["who", "src/cart.lua:10"]),
    runCli(folder, ["who", "Cart.new"]),
  ]);
  const shown = lua === "fengari" ? "" : ` (${lua})`;
  expect(line.stdout).toBe(
    `src/cart.lua:10: 1 of 3 tests\n\n  1x  test/cart.lua:8  TestCart testRefuses${shown}\n`,
  );
  expect(fn.stdout).toBe(`src/cart.lua:4 Cart.new: 3 of 3 tests

  2x  test/cart.lua:7  TestCart testAdds${shown}
  2x  test/cart.lua:8  TestCart testRefuses${shown}
  1x  test/cart.lua:9  testAlone${shown}
`);
});

testWith("lua5.4").each(["fengari", "5.4", "lua5.4"])(
  "what a test has run that was ended belongs to it in %s",
  async (lua) => {
    const folder = makeFolder({
      "src/cart.lua": cart,
      "spec/cart_spec.lua": `local Cart = require "src.cart"
it("ends", function() Cart.new():add(1) end)
it("hangs", function() Cart.new() while true do end end)
`,
    });
    const args = [...quiet, "--by-test", "--timeout", "2", "--lua", lua, "spec"];
    expect((await runCli(folder, args)).code).toBe(1);
    const { stdout } = await runCli(folder, ["who", "Cart.new"]);
    const shown = lua === "fengari" ? "" : ` (${lua})`;
    expect(stdout).toBe(`src/cart.lua:4 Cart.new: 2 of 2 tests

  1x  spec/cart_spec.lua:2  ends${shown}
  1x  spec/cart_spec.lua:3  hangs${shown}
`);
  },
);

test("programs that a script starts are its own", async () => {
  const folder = makeFolder({
    "src/cart.lua": cart,
    "child.lua": 'require("src.cart").new()',
    "test/script.lua": 'assert(os.execute(arg[-1] .. " child.lua"))',
  });
  await runCli(folder, [...quiet, "--by-test", "--lua-path", "?.lua"]);
  const { stdout } = await runCli(folder, ["who", "Cart.new"]);
  expect(stdout).toBe("src/cart.lua:4 Cart.new: 1 of 1 test\n\n  1x  test/script.lua\n");
});
