import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { loadConfig, remap, run } from "luacov-ts";
import { expect, test } from "vitest";
import { remapByTest } from "../../src/remap/byTest.js";
import { readByTest } from "../../src/store/byTestFile.js";
import { countsOfMap, countsOfRows } from "../byTest/suite.js";
import { runCli } from "../support/cli.js";
import { makeProject } from "../support/project.js";

const stock = path.join(import.meta.dirname, "stock");
const map = readFileSync(path.join(stock, "stock.lua.map"), "utf8").replace(
  '"stock.ts"',
  '"../src/stock.ts"',
);
const lua = readFileSync(path.join(stock, "stock.lua"), "utf8");

const spec = `local stock = require "stock"
describe("stock", function()
  local shelf
  before_each(function() shelf = { apples = 3 } end)
  it("is taken", function() stock:take(shelf, "apples", 2) end)
  it("is not there", function() stock:take(shelf, "apples", 9) end)
  it("is worth it", function() stock:total { 10, 200 } end)
end)
`;

const options = { luaPath: ["lua/?.lua"], include: ["lua/**"], byTest: true, testReporter: ["dot"] };

function projectOf(files: Readonly<Record<string, string>> = {}): string {
  const folder = makeProject({
    "spec/stock_spec.lua": spec,
    "luacov-ts.config.json": { ...options, reporter: ["none"] },
    "lua/stock.lua": lua,
    "lua/stock.lua.map": map,
    "tsconfig.json": { compilerOptions: { outDir: "lua" } },
    ...files,
  });
  mkdirSync(path.join(folder, "src"));
  copyFileSync(path.join(stock, "stock.ts"), path.join(folder, "src/stock.ts"));
  return folder;
}

async function ran(...args: readonly string[]): Promise<string> {
  const folder = projectOf();
  expect((await runCli(folder, args)).code).toBe(0);
  return folder;
}

test("who and tests know what people have written", async () => {
  const folder = await ran();
  const [line, fn, all, asLua, gone] = await Promise.all([
    runCli(folder, ["who", "src/stock.ts:11"]),
    runCli(folder, ["who", "discounted"]),
    runCli(folder, ["tests", "src/stock.ts"]),
    runCli(folder, ["who", "--no-source-map", "lua/stock.lua:8"]),
    runCli(folder, ["who", "lua/stock.lua:8"]),
  ]);
  expect([line.code, line.stderr]).toEqual([0, ""]);
  expect(line.stdout).toBe(`src/stock.ts:11: 2 of 3 tests

  1x  spec/stock_spec.lua:5  stock is taken
  1x  spec/stock_spec.lua:6  stock is not there
`);
  expect(fn.stdout).toBe(
    "src/stock.ts:16 discounted: 1 of 3 tests\n\n  1x  spec/stock_spec.lua:7  stock is worth it\n",
  );
  expect(all.stdout).toContain(`Statements that only one test runs:
  src/stock.ts: 11  spec/stock_spec.lua:6  stock is not there
  src/stock.ts: 12-13  spec/stock_spec.lua:5  stock is taken
  src/stock.ts: 16, 19-21, 23  spec/stock_spec.lua:7  stock is worth it

Statements that only run outside of any test:
  src/stock.ts: 6, 16, 18
`);
  expect(asLua.stdout).toMatch(/^lua\/stock\.lua:8: 1 of 3 tests\n/);
  expect([gone.code, gone.stderr]).toEqual([1, expect.stringContaining("sources are src/stock.ts")]);
});

test("what all of a run covers is what its coverage map does, once both are of the sources", async () => {
  for (const luaName of ["fengari", "5.4"]) {
    const folder = projectOf();
    const config = await loadConfig({ cwd: folder, ...options, lua: [luaName], reporter: ["none"] });
    const { coverage } = await run(config, { patterns: [path.join(folder, "spec")] });
    const byTest = remapByTest(config, readByTest(config));
    const remapped = await remap(config, coverage);
    const counts = countsOfRows(byTest.rows, byTest);
    // Of several statements of Lua, each row has the largest count, and the map that of all rows: not always of the same one.
    expect(Object.keys(counts).toSorted()).toEqual(Object.keys(countsOfMap(remapped.coverage)).toSorted());
    expect(byTest.sources.map((source) => path.relative(folder, source.path))).toEqual(["src/stock.ts"]);
  }
});

test("of compiled Lua that has changed since the tests ran, it is said that lines may be others", async () => {
  const folder = await ran();
  writeFileSync(path.join(folder, "lua/stock.lua"), `${lua}-- more\n`);
  const { stderr } = await runCli(folder, ["who", "src/stock.ts:11"]);
  expect(stderr).toContain("src/stock.ts has changed since the tests ran");
});

test.for([
  ["a source that is gone", { "lua/stock.lua.map": map.replace("stock.ts", "gone.ts") }],
  ["what is no map", { "lua/stock.lua.map": "[]" }],
  ["a map of nothing", { "lua/stock.lua.map": map.replace(/"mappings":"[^"]*"/, '"mappings":""') }],
] as const)("the Lua is known for %s", async ([, files]) => {
  const folder = projectOf(files);
  await runCli(folder, []);
  const { code, stdout } = await runCli(folder, ["who", "lua/stock.lua:8"]);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^lua\/stock\.lua:8: 1 of 3 tests\n/)]);
});

test("the pages of what people have written have the tests of each line", async () => {
  const folder = await ran("--reporter", "html-lua");
  const page = readFileSync(path.join(folder, "coverage/html/src/stock.ts.html"), "utf8");
  expect(page).toMatch(/<a href=#L11>11<\/a><td data-t="0 1">2/);
  expect(page).toContain("<li>spec/stock_spec.lua:6 stock is not there\n");
});
