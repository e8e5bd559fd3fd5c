import { expect } from "vitest";
import { engines, toolsOf } from "../engine/contract.js";
import { testWith } from "../support/tools.js";
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
const counted = engines.filter((engine) => engine !== "luajit");

for (const engine of counted) {
  testWith(...toolsOf(engine))(`${engine}: samples fall where the instructions are`, async () => {
    const profile = await profiled(engine, "sampling", burning(engine === "fengari" ? 15 : 120));
    for (const [name, share] of Object.entries(shares))
      expect(Math.abs(sampledIn(profile, name) - share), name).toBeLessThan(0.05);
    const [sampling] = profile.sampling;
    expect(sampling?.unit).toBe("instructions");
    expect(sampling?.samples).toBe(profile.nodes.reduce((sum, { samples }) => sum + samples, 0));
    // All of the time is in lines, and that of the loop in the first one.
    expect(profile.nodes.flatMap(({ lines }) => lines).every(([line]) => line <= 5)).toBe(true);
  });
}

testWith("luajit")("luajit: the time is where the instructions are, also in compiled code", async () => {
  const profile = await profiled("luajit", "sampling", burning(2500));
  const names = ["seventy", "twenty", "ten"].toSorted((a, b) => shareOf(profile, b) - shareOf(profile, a));
  expect(names).toEqual(["seventy", "twenty", "ten"]);
  expect(shareOf(profile, "seventy")).toBeGreaterThan(0.55);
  expect(profile.sampling[0]).toMatchObject({ unit: "microseconds", interval: 1000 });
});
