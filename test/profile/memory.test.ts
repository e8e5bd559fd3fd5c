import path from "node:path";
import { loadConfig, profile } from "luacov-ts";
import { expect, test } from "vitest";
import { functionTotals } from "../../src/profile/functions.js";
import { engines, toolsOf } from "../engine/contract.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";
import { profiled } from "./profiled.js";

/** Each text of a kilobyte is another one, so that no Lua has it already. */
const program = `local function texts(n)
  local kept = 0
  for i = 1, n do
    local text = string.rep(string.char(i % 26 + 97), 1000) .. i
    kept = kept + #text
  end
  return kept
end
local function tables()
  local all = {}
  for i = 1, 1000 do all[i] = { i } end
  return #all
end
local function nothing(n)
  local x = 0
  for i = 1, n do x = x + i end
  return x
end
local sum = texts(1000) + tables() + nothing(100000)
collectgarbage()
collectgarbage "restart"
sum = sum + texts(1000)`;

for (const engine of engines.filter((each) => each !== "fengari")) {
  testWith(...toolsOf(engine))(`${engine}: what each function allocates, garbage or not`, async () => {
    const totals = functionTotals(await profiled(engine, "memory", program));
    const allocated = (name: string) => totals.find(({ fn }) => fn.name === name)?.allocated ?? Number.NaN;
    // Two thousand texts of a kilobyte: in Lua by "..", in C before that.
    expect(allocated("texts")).toBeGreaterThan(1_900_000);
    expect(allocated("texts")).toBeLessThan(8_000_000);
    expect(allocated("tables")).toBeGreaterThan(40_000);
    expect(allocated("tables")).toBeLessThan(200_000);
    expect(allocated("nothing")).toBeLessThan(1000);
  });
}

test("fengari has no memory to measure, and says so", async () => {
  const cwd = makeFolder({ "main.lua": "" });
  const config = await loadConfig({ cwd, profileMode: "memory", reporter: ["none"] });
  await expect(profile(config, { patterns: [path.join(cwd, "main.lua")] })).rejects.toThrow(
    /fengari has no memory of its own to profile.*--lua 5\.4/,
  );
});
