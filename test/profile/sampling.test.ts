import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { functionTotals } from "../../src/profile/functions.js";
import { engines, toolsOf } from "../engine/contract.js";
import { makeFolder } from "../support/folder.js";
import { embeddedLuas } from "../support/testLua.js";
import { testWith, toolPath } from "../support/tools.js";
import { profiled, sampledIn, shareOf } from "./profiled.js";

/** Three functions that spend 70, 20 and 10 of a hundred instructions, in turn. */
function burning(rounds: number): string {
  return `local function burn(n) local x = 0 for i = 1, n do x = x + i % 7 end return x end
local function seventy() return (burn(70000)) end
local function twenty() return (burn(20000)) end
local function ten() return (burn(10000)) end
for i = 1, ${rounds} do seventy() twenty() ten() end
`;
}

const shares = { seventy: 0.7, twenty: 0.2, ten: 0.1 };

/** By how many instructions it is sampled, a program takes so many rounds for some hundreds of samples. */
const counted = engines.filter((engine) => engine !== "luajit" && !isEmbedded(engine));

/** Of PUC-Rio's Luas, in which another thread says when they are looked at. */
function isEmbedded(engine: string): boolean {
  return embeddedLuas.some((each) => each === engine);
}

for (const engine of counted) {
  testWith(...toolsOf(engine))(`${engine}: samples fall where the instructions are`, async () => {
    const profile = await profiled(engine, "sampling", burning(engine === "fengari" ? 15 : 60));
    for (const [name, share] of Object.entries(shares))
      expect(Math.abs(sampledIn(profile, name) - share), name).toBeLessThan(0.05);
    const [sampling] = profile.sampling;
    expect(sampling?.unit).toBe("instructions");
    expect(sampling?.samples).toBe(profile.nodes.reduce((sum, { samples }) => sum + samples, 0));
    // All of the time is in lines, and that of the loop in the first one.
    expect(profile.nodes.flatMap(({ lines }) => lines).every(([line]) => line <= 5)).toBe(true);
  });
}

for (const engine of engines.filter(isEmbedded)) {
  test(`${engine}: samples come by the clock, and their time falls where the instructions are`, async () => {
    const profile = await profiled(engine, "sampling", burning(300));
    // A busy machine lets the other thread look where it happens to be.
    expect(shareOf(profile, "seventy")).toBeGreaterThan(0.5);
    expect(shareOf(profile, "twenty") + shareOf(profile, "ten")).toBeGreaterThan(0.1);
    const [sampling, ...others] = profile.sampling;
    expect([sampling, others]).toEqual([
      { samples: expect.any(Number), interval: 1000, unit: "microseconds" },
      [],
    ]);
    expect(sampling?.samples).toBeGreaterThan(10);
    expect(sampling?.samples).toBe(profile.nodes.reduce((sum, { samples }) => sum + samples, 0));
    expect(profile.nodes.flatMap(({ lines }) => lines).every(([line]) => line <= 5)).toBe(true);
  });

  test(`${engine}: a program that has a use for hooks is looked at after so many instructions`, async () => {
    const hooking = `assert(debug.gethook() == nil)
local lines = 0
local function hear() lines = lines + 1 end
for i = 1, 1000 do
  debug.sethook(hear, "l", 1000)
  local fn, mask, count = debug.gethook()
  debug.sethook()
  assert(fn == hear and mask == "l" and count == 1000)
end
assert(lines == 2000, lines)
for round = 1, 20 do
  local x = 0
  for i = 1, 70000 do x = x + i % 7 end
end`;
    const { sampling } = await profiled(engine, "sampling", hooking);
    expect(sampling.map(({ unit }) => unit)).toContain("instructions");
  });
}

/** Three functions that a profile tells apart by themselves. */
const threeFunctions = `local function first(n) local x = 0 for i = 1, n do x = x + i % 7 end return x end
local function second(n) local x = 0 for i = 1, n do x = x + i % 5 end return x end
local function third(n) local x = 0 for i = 1, n do x = x + i % 3 end return x end
for i = 1, 2500 do first(70000) second(30000) third(10000) end
`;

testWith("luajit")("luajit: the hottest functions are those of LuaJIT's own profiler", async () => {
  const folder = makeFolder({ "main.lua": threeFunctions });
  const { stdout } = spawnSync(toolPath("luajit"), ["-jp=f", "main.lua"], { cwd: folder, encoding: "utf8" });
  const theirs = Array.from(stdout.matchAll(/^ *\d+% +(\w+)/gm), ([, name]) => name);
  const totals = functionTotals(await profiled("luajit", "sampling", threeFunctions));
  const ours = totals.toSorted((a, b) => b.self - a.self).map(({ fn }) => fn.name);
  expect(theirs.slice(0, 3)).toEqual(["first", "second", "third"]);
  expect(ours.slice(0, 3)).toEqual(theirs.slice(0, 3));
});

testWith("luajit")("luajit: the time is where the instructions are, also in compiled code", async () => {
  const profile = await profiled("luajit", "sampling", burning(2500));
  const names = ["seventy", "twenty", "ten"].toSorted((a, b) => shareOf(profile, b) - shareOf(profile, a));
  expect(names).toEqual(["seventy", "twenty", "ten"]);
  expect(shareOf(profile, "seventy")).toBeGreaterThan(0.55);
  expect(profile.sampling[0]).toMatchObject({ unit: "microseconds", interval: 1000 });
});
