import { expect } from "vitest";
import { engines, toolsOf } from "../engine/contract.js";
import { testWith } from "../support/tools.js";
import { profiled } from "./profiled.js";

/** Each kind of value in a global of its name, with how many bytes Lua itself counts for all of them behind that. */
const program = `local function measure(name, n, make)
  collectgarbage() collectgarbage()
  local before, all = collectgarbage "count", {}
  for i = 1, n do all[i] = make(i) end
  collectgarbage() collectgarbage()
  _G[("%s_%d"):format(name, math.floor((collectgarbage "count" - before) * 1024))] = all
end
measure("long", 500, function(i) return ("x"):rep(500) .. i end)
measure("items", 500, function(i) return { i, i, i } end)
measure("fields", 500, function(i) return { name = i, other = i } end)
measure("short", 3000, function(i) return "short" .. i end)
measure("closures", 500, function(i) return function() return i end end)
measure("numbers", 20000, function(i) return i end)
-- More than there was at any time, so that it is worth a look.
last = ("x"):rep(collectgarbage "count" * 1024)
for i = 1, 120 do local garbage = ("x"):rep(1e5) .. i end
`;

/**
 * What is estimated, as a share of what Lua counts. Tables are taken to have room for a power of two; and the table in which Lua has
 * short strings, or all, is nobody's.
 */
const shares: Readonly<Record<string, readonly [least: number, most: number]>> = {
  items: [0.95, 1.2],
  fields: [0.95, 1.1],
  short: [0.7, 1.3],
  long: [0.9, 1.1],
  closures: [0.95, 1.1],
  numbers: [0.9, 1.1],
};

for (const engine of engines.filter((each) => each !== "fengari")) {
  testWith(...toolsOf(engine))(`${engine}: what values take, as Lua itself counts it`, async () => {
    const { held } = await profiled(engine, "memory", program);
    const found = new Map(
      (held?.holders ?? []).flatMap(({ path, bytes }) => {
        const [, name, counted] = /^(\w+)_(\d+)$/.exec(path) ?? [];
        return name === undefined ? [] : [[name, bytes / Number(counted)]];
      }),
    );
    const outside = Object.entries(shares).filter(([name, [least, most]]) => {
      const share = found.get(name) ?? 0;
      return share < least || share > most;
    });
    expect(outside.map(([name]) => [name, found.get(name)])).toEqual([]);
  });
}

testWith()("what is held as a script ends, with its locals, also where it grew just before", async () => {
  const script = 'local last = {}\nfor i = 1, 100 do last[i] = ("x"):rep(1000) .. i end\n';
  const { held } = await profiled("5.5", "memory", script);
  expect(held?.holders.map(({ path }) => path)).toEqual([
    expect.stringMatching(/^last, a local at .*main0\.lua:2$/),
  ]);
});
