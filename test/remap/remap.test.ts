import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import fastGlob from "fast-glob";
import { expect, test } from "vitest";
import { loadConfig, remap } from "../../src/index.js";
import type { FileCoverageData } from "../../src/types.js";
import { root } from "../command.js";
import { runCli } from "../support/cli.js";
import { measure } from "../support/measure.js";
import { makeProject } from "../support/project.js";

const stock = path.join(import.meta.dirname, "stock");
const map = readFileSync(path.join(stock, "stock.lua.map"), "utf8");
const lua = readFileSync(path.join(stock, "stock.lua"), "utf8");

const testOfStock = `local stock = require "stock"
local shelf = { apples = 3 }
assert(stock:take(shelf, "apples", 2) == "taken")
assert(stock:take(shelf, "apples", 2) == "only 1 left")
assert(stock:take(shelf, "apples", 1) == "the last")
assert(stock:total { 10, 20 } == 30)
`;

/** `stock.ts` with what TypeScriptToLua 1.37 has made of it, and a test. */
function projectOf(files: Readonly<Record<string, string>>): string {
  const folder = makeProject({
    "test/stock.lua": testOfStock,
    "luacov-ts.config.json": { luaPath: ["lua/?.lua"], all: true, include: ["lua/**"], reporter: ["text"] },
    "lua/stock.lua": lua,
    "tsconfig.json": { compilerOptions: { outDir: "lua" } },
    ...files,
  });
  mkdirSync(path.join(folder, "src"));
  copyFileSync(path.join(stock, "stock.ts"), path.join(folder, "src/stock.ts"));
  return folder;
}

const inSource = map.replace('"stock.ts"', '"../src/stock.ts"');
const rows = (stdout: string) => stdout.match(/^ +\S+\.(?:lua|ts) .*$/gm)?.map((row) => row.trim()) ?? [];

test("a source map may begin with a byte order mark", async () => {
  const folder = projectOf({ "lua/stock.lua.map": `\ufeff${inSource}` });
  const { stdout, stderr } = await runCli(folder, []);
  expect([stderr, rows(stdout)[0]]).toEqual(["", expect.stringMatching(/^stock\.ts /)]);
});

test("of TypeScript that was compiled people read what they have written", async () => {
  const folder = projectOf({ "lua/stock.lua.map": inSource, "lua/lualib_bundle.lua": "return {}" });
  const { stdout, stderr, code } = await runCli(folder, []);
  expect([code, stderr, rows(stdout)]).toEqual([
    0,
    "",
    ["stock.ts |   86.66 |    82.35 |   66.66 |    92.3 | 7->#2,9,21->#2"],
  ]);
  const { stdout: annotated } = await runCli(folder, ["annotate", "src/stock.ts"]);
  expect(annotated).toBe(`src/stock.ts: 12 of 13 lines, 14 of 17 branches, 2 of 3 functions

   1   | /** How much there is of each article. */
   2   | export interface Stock {
   3   |   [article: string]: number;
   4   | }
   5   |
   6 1 | export function take(stock: Stock, article: string, count: number): string {
?  7 3 |   const left = stock[article] ?? 0;
       |   ^ "stock[article]" was never false
       |   ^ "0" was never evaluated
?  8 3 |   if (count <= 0) {
       |   ^ the condition was never true
!  9 0 |     return "nothing to take";
  10   |   }
? 11 3 |   if (left < count && article !== "water") return \`only \${left} left\`;
       |   ^ "article !== "water"" was never false
  12 2 |   stock[article] = left - count;
? 13 2 |   return left === count || count > 100 ? "the last" : "taken";
       |   ^ "count > 100" was never true
  14   | }
  15   |
? 16 1 | export const discounted = (price: number) => price * 0.9;
       | ^ discounted was never called
       | ^ "price * 0.9" never ran
  17   |
  18 1 | export function total(prices: number[]): number {
  19 1 |   let sum = 0;
  20 1 |   for (const price of prices) {
? 21 2 |     sum += price > 100 ? discounted(price) : price;
       |     ^ "price > 100" was never true
       |     ^ "discounted(price)" was never evaluated
  22   |   }
  23 1 |   return sum;
  24   | }
`);
});

const inline = Buffer.from(inSource).toString("base64");

test.for<[name: string, files: Readonly<Record<string, string>>]>([
  [
    "in a comment",
    { "lua/stock.lua": `${lua}--# sourceMappingURL=data:application/json;base64,${inline}\n` },
  ],
  [
    "in the file of a comment",
    {
      "lua/stock.lua": `${lua}--# sourceMappingURL=maps/a.map`,
      "lua/maps/a.map": inSource.replace("../", "../../"),
    },
  ],
])("a map may be %s", async ([, files]) => {
  const { stdout, stderr } = await runCli(projectOf(files), []);
  expect([stderr, rows(stdout).map((row) => row.split(" ")[0])]).toEqual(["", ["stock.ts"]]);
});

test.for<[what: string, files: Readonly<Record<string, string>>, args: readonly string[], warning: string]>([
  [
    "a source that is gone",
    { "lua/stock.lua.map": map },
    [],
    "is of <folder>/lua/stock.ts, which is not there",
  ],
  ["what is no map", { "lua/stock.lua.map": "[]" }, [], "is no source map of version 3"],
  [
    "a map of nothing that can run",
    { "lua/stock.lua.map": inSource.replace(/"mappings":"[^"]*"/, '"mappings":""') },
    [],
    "has nothing of what can run",
  ],
  [
    "a map that is gone",
    { "lua/stock.lua": `${lua}--# sourceMappingURL=stock.map` },
    [],
    ", stock.map, is not there",
  ],
  ["who wants it so", { "lua/stock.lua.map": inSource }, ["--no-source-map"], ""],
])("the Lua is reported for %s", async ([, files, args, warning]) => {
  const { stdout, stderr, code } = await runCli(projectOf(files), args);
  const words = warning.startsWith(",") ? warning : ` ${warning}`;
  const told = `WARNING: lua/stock.lua is reported as Lua, as its source map${words}\n`;
  expect([code, stderr]).toEqual([0, warning === "" ? "" : told]);
  expect(rows(stdout).map((row) => row.split(" ")[0])).toEqual(["stock.lua"]);
});

const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** A number as source maps have it: five bits to a digit, the lowest first, and the sign in the first. */
function digits(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = "";
  do {
    const digit = rest & 31;
    rest >>= 5;
    text += base64[rest > 0 ? digit | 32 : digit];
  } while (rest > 0);
  return text;
}

/** The map of a text to itself, each word and sign to where it is. */
function identity(text: string, source: string): string {
  let [fromLine, fromColumn] = [0, 0];
  const mappings = text.split("\n").map((line, number) => {
    let last = 0;
    const segments = Array.from(line.matchAll(/\w+|[^\w\s]/g), ({ index }) => {
      const segment = [index - last, 0, number - fromLine, index - fromColumn].map(digits).join("");
      [last, fromLine, fromColumn] = [index, number, index];
      return segment;
    });
    return segments.join(",");
  });
  return JSON.stringify({ version: 3, sources: [source], names: [], mappings: mappings.join(";") });
}

/** Where each item begins and how often it ran. */
function counts({ statementMap, s, fnMap, f, branchMap, b, bT }: FileCoverageData) {
  return {
    statements: Object.entries(statementMap).map(([id, { start }]) => [start, s[id]]),
    functions: Object.entries(fnMap).map(([id, { name, decl }]) => [name, decl.start, f[id]]),
    branches: Object.entries(branchMap).map(([id, { type, locations }]) => [
      type,
      locations.map(({ start }) => start),
      b[id],
      bT?.[id],
    ]),
  };
}

const examples = fastGlob.sync("examples/*/src/**/*.lua", { cwd: root });

test.for(examples)("by a map to itself %s is what it was", async (name) => {
  const text = readFileSync(path.join(root, name), "utf8");
  const folder = makeProject({ "a.lua": text, "a.lua.map": identity(text, "b.lua"), "b.lua": text });
  const [file, source] = [path.join(folder, "a.lua"), path.join(folder, "b.lua")];
  const measured: FileCoverageData = { ...measure(text).coverage, path: file };
  const { coverage, notices } = await remap(await loadConfig({ cwd: folder }), { [file]: measured });
  expect([Object.keys(coverage), notices]).toEqual([[source], []]);
  const remapped = coverage[source];
  expect(remapped && counts(remapped)).toEqual(counts(measured));
});

test("functions have the names that people gave them", async () => {
  const text =
    "function A.prototype.____constructor(self) end\nfunction A.prototype.get(self) end\nfunction ____exports.f() end\n";
  const folder = makeProject({ "a.lua": text, "a.lua.map": identity(text, "a.ts"), "a.ts": text });
  const file = path.join(folder, "a.lua");
  const measured = {
    ...measure(`local A, ____exports = { prototype = {} }, {} ${text}`).coverage,
    path: file,
  };
  const { coverage } = await remap({ cwd: folder, sourceMap: true }, { [file]: measured });
  const names = Object.values(coverage[path.join(folder, "a.ts")]?.fnMap ?? {}).map(({ name }) => name);
  expect(names).toEqual(["A.prototype.constructor", "A.prototype.get", "f"]);
});

test("statements of one map are not those of another file's, and no given map is changed", async () => {
  const text = "local a = 1\nreturn a\n";
  const folder = makeProject({ "src.lua": text, "a.lua": text, "b.lua": text });
  for (const name of ["a.lua", "b.lua"])
    writeFileSync(path.join(folder, `${name}.map`), identity(text, "src.lua"));
  const files = ["a.lua", "b.lua"].map((name) => path.join(folder, name));
  const given = Object.fromEntries(files.map((file) => [file, { ...measure(text).coverage, path: file }]));
  const before = structuredClone(given);
  const { coverage } = await remap({ cwd: folder, sourceMap: true }, given);
  expect(Object.values(coverage).map(({ s }) => s)).toEqual([{ 0: 2, 1: 2 }]);
  expect(given).toEqual(before);
});
