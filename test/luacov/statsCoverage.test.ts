import path from "node:path";
import { expect, test } from "vitest";
import { formatStats } from "../../src/luacov/stats.js";
import { statsCoverage } from "../../src/luacov/statsCoverage.js";
import type { FileCoverageData } from "../../src/types.js";
import { runCli } from "../support/cli.js";
import { coverageIn, linesOf } from "../support/cover.js";
import { luas } from "../support/debianLua.js";
import { makeFolder } from "../support/folder.js";
import { expectListing, sourceOf } from "../support/listing.js";
import { testWith } from "../support/tools.js";
import { countLines, withCounter } from "./luacovHook.js";

/** The coverage of a listing's text by a count for each of its lines. */
function coverageOf(listing: string, counts: readonly number[]) {
  const folder = makeFolder({
    "a.lua": sourceOf(listing),
    "luacov.stats.out": formatStats(new Map([["a.lua", counts]])),
  });
  return statsCoverage([path.join(folder, "luacov.stats.out")], { root: folder }).coverage[
    path.join(folder, "a.lua")
  ];
}

test.for([
  [
    "a line has its count, and one that was not hit has none",
    [1, 5],
    `
    1| local a = 1
    5| if b then
    0|   a = 2
     | end`,
  ],
  [
    "a statement over lines has the count of the first of them that was hit",
    [0, 3, 0, 0, 2],
    `
    3| local a =
     |   f()
     |   + 1
     |
    2| return a`,
  ],
  [
    "a function is defined on its last line, and what is in it is its own",
    [0, 4, 5, 1],
    `
    5| local function f()
    4|   return 1
     | end
    1| f()`,
  ],
  [
    "a loop without a condition begins with its body",
    [0, 7, 7, 0],
    `
    7| while true do
    7|   f()
    7|   if g() then break end
     | end`,
  ],
  [
    "what has no instruction is no line",
    [0, 0, 1],
    `
     | local a
     | do
    1|   a = 1
     | end`,
  ],
  [
    "a comment of LuaCov's leaves out",
    [1, 1, 1, 1, 1],
    `
    1| f()
     | -- luacov: disable
     | g()
     | -- luacov: enable
    1| h()`,
  ],
] as const)("%s", ([, counts, listing]) => {
  const coverage = coverageOf(listing, counts);
  if (coverage === undefined) throw new Error("no coverage");
  expectListing(listing, coverage);
});

test("a function on one line in a field of a table was called as often as its line was hit more than the table", () => {
  const listing = `
     | local fields = {
     |   called = function(a) return a end,
     |   never = function(a) return a end,
     | }`;
  const coverage = coverageOf(listing, [3, 8, 3, 0]);
  expect(Object.entries(coverage?.fnMap ?? {}).map(([key, { name }]) => [name, coverage?.f[key]])).toEqual([
    ["called", 5],
    ["never", 0],
  ]);
  expect(Object.values(coverage?.s ?? {})).toEqual([3, 8, 0]);
});

test("a function that has a line of its own was called as often as that was hit; others are left out", () => {
  const listing = `
     | local function called(a)
     |   return a
     | end
     | local function never()
     |   return 1
     | end
     | local function loop()
     |   for i = 1, 3 do
     |     called(i)
     |   end
     | end
     | local short = function() return 1 end
     | local empty = function()
     | end`;
  const coverage = coverageOf(listing, [0, 6, 1, 0, 0, 1, 0, 8, 6, 0, 3, 5, 0, 1]);
  const calls = Object.entries(coverage?.fnMap ?? {}).map(([key, { name }]) => [name, coverage?.f[key]]);
  expect(calls).toEqual([
    ["called", 6],
    ["never", 0],
    ["loop", 1],
  ]);
});

const main = `local mod = require "mod"
local list = {
  mod.first,
  mod.second,
}
for _, each in ipairs(list) do
  print(each(
    1,
    2
  ))
end
print(pcall(mod.fails))
print(mod.fields.called(1), mod.fields.called(2), mod.fields.inner[2]())
local co = coroutine.wrap(function()
  for i = 1, 2 do
    coroutine.yield(i)
  end
end)
print(co(), co())
`;

const mod = `local M = {}
local unused

local later
function later()
  return unused
end

function M.first(a, b)
  local sum =
    a
    + b
  while true do
    sum = sum - 1
    if sum < 0 then break end
  end
  repeat
    local more = sum
    sum = sum + 1
  until more > 2
  return sum
end

M.second = function(...)
  local count = select("#", ...)
  if count == 0 then
    return nil
  elseif count == 2
    and ... then
    return "two"
  end
end

function M.fails()
  error(
    "no"
  )
end

function M.never()
  return {
    "a",
  }
end

M.fields = {
  called = function(a) return a end,
  never = function(a) return a end,
  first = function() return 1 end, second = function() return 2 end,
  inner = {
    [1] = function() return 1
    end,
    [2] = function() return 2
    end,
  },
}

return M
`;

for (const lua of luas) {
  testWith(lua)(`what LuaCov's hook counts in ${lua} gives the lines of our own hook`, async () => {
    const files = withCounter({ "main.lua": main, "mod.lua": mod });
    const folder = makeFolder(files);
    countLines(folder, lua);
    const { coverage } = statsCoverage([path.join(folder, "luacov.stats.out")], { root: folder });
    const named = Object.fromEntries(
      Object.values(coverage).map((each) => [path.relative(folder, each.path), each]),
    );
    const options = ["--reporter", "none", "--collector", "hook", "cover", "--", lua, "main.lua"];
    expect(await runCli(folder, options)).toMatchObject({ code: 0, stderr: "" });
    // LuaJIT begins a line anew after a call in it where calls are counted, too.
    const shown = (count: number | null) => (lua === "luajit" && count !== null ? count > 0 : count);
    for (const file of ["main.lua", "mod.lua"]) {
      expect(linesOf(named, file).map(shown), file).toEqual(linesOf(coverageIn(folder), file).map(shown));
    }
  });
}

test("what luacov-stats writes of a run is read back as the same lines and calls", async () => {
  const folder = makeFolder({ "main.lua": main, "mod.lua": mod });
  const { code } = await runCli(folder, ["--reporter", "luacov-stats", "run", "main.lua"]);
  expect(code).toBe(0);
  const measured = coverageIn(folder);
  const { coverage } = statsCoverage([path.join(folder, "coverage/luacov.stats.out")], { root: folder });
  expect(Object.keys(coverage)).toHaveLength(2);
  for (const each of Object.values(coverage)) {
    const name = path.relative(folder, each.path);
    const lines = linesOf({ [name]: each }, name);
    const own = linesOf(measured, name);
    const isHit = (count: number | null | undefined) => (count ?? 0) > 0;
    expect(lines.map(isHit), name).toEqual(lines.map((count, index) => count !== null && isHit(own[index])));
    const calls = callsOf(measured[name]);
    expect(
      callsOf(each).every((call) => calls.includes(call)),
      `${callsOf(each)} in ${calls}`,
    ).toBe(true);
  }
});

function callsOf(coverage: FileCoverageData | undefined): string[] {
  return Object.entries(coverage?.fnMap ?? {}).map(([key, { name }]) => `${name} ${coverage?.f[key]}`);
}
