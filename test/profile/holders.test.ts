import type { HeldMemory } from "luacov-ts";
import { expect, test } from "vitest";
import { mergeHeld } from "../../src/profile/held.js";
import { engines, toolsOf } from "../engine/contract.js";
import { testWith } from "../support/tools.js";
import { profiled } from "./profiled.js";

/** As much as a hundred kilobytes of text each, of which Lua has none already. */
const program = `local function texts(n, prefix)
  local all = {}
  for i = 1, n do all[i] = { text = prefix .. string.rep("x", 1000) .. i } end
  return all
end
local entries = texts(1000, "entry")
package.loaded["app.cache"] = { get = function(key) return entries[key] end, log = { texts(500, "log") } }
settings = { ["no identifier\\n"] = texts(400, "setting") }
local weak = setmetatable({}, { __mode = "v" })
local coroutines = { coroutine.create(function() local own = texts(300, "own") coroutine.yield(own) end) }
weak[1] = select(2, coroutine.resume(coroutines[1]))
local meta = setmetatable({}, { __index = texts(200, "meta") })
local function look()
  local garbage = texts(100, "garbage")
  return #garbage
end
local kept = texts(2500, "kept")
for i = 1, 120 do look() end`;

/** With how many bytes at least: each holder has a text of a kilobyte for each entry, and its table. */
const expected: readonly (readonly [path: RegExp, kilobytes: number, values: number])[] = [
  [/^kept, a local at .*main0\.lua:\d+$/, 2500, 5001],
  [/^require "app\.cache"\.get \(upvalue entries\)$/, 1000, 2001],
  [/^require "app\.cache"\.log\[1\]$/, 500, 1001],
  [/^settings\["no identifier\?"\]$/, 400, 801],
  [/^coroutines, a local at .*main0\.lua:\d+\[1\] \(local own\)$/, 300, 601],
  [/^meta, a local at .*main0\.lua:\d+ \(metatable\)\.__index$/, 200, 401],
];

for (const engine of engines.filter((each) => each !== "fengari")) {
  testWith(...toolsOf(engine))(`${engine}: what holds the memory, by the way to it`, async () => {
    const { held } = await profiled(engine, "memory", program);
    for (const [path, kilobytes, values] of expected) {
      const holder = held?.holders.find((each) => path.test(each.path));
      // The first table that has a field holds its name.
      expect([String(path), [values, values + 1].includes(holder?.count ?? 0)]).toEqual([String(path), true]);
      expect(holder?.bytes).toBeGreaterThan(kilobytes * 1000);
      expect(holder?.bytes).toBeLessThan(kilobytes * 1250 + 20_000);
    }
    expect(held?.bytes).toBeGreaterThan(4_900_000);
    expect(held?.holders.filter(({ path: each }) => /^luacov|garbage|registry/.test(each))).toEqual([]);
  });
}

test("of several programs each holder counts where it held the most", () => {
  const a: HeldMemory = {
    bytes: 100,
    holders: [
      { path: "x", bytes: 60, count: 2 },
      { path: "y", bytes: 10, count: 1 },
    ],
  };
  const b: HeldMemory = { bytes: 80, holders: [{ path: "y", bytes: 70, count: 3 }] };
  const sum = {
    bytes: 100,
    holders: [
      { path: "y", bytes: 70, count: 3 },
      { path: "x", bytes: 60, count: 2 },
    ],
  };
  expect([mergeHeld([a, b]), mergeHeld([b, a]), mergeHeld([])]).toEqual([sum, sum, null]);
});
