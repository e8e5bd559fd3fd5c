import { expect } from "vitest";
import { hookPrograms } from "../agent/hookPrograms.js";
import { testWith } from "../support/tools.js";
import { engines, type Ran, runApart, runOn, toolsOf } from "./contract.js";

const limit = 20_000;

/** What goes on until it is ended, whatever is caught. */
const endless: readonly string[] = [
  "local n = 0\nwhile true do\n  n = n + 1\n  n = n - 1\n  n = n + 2\nend",
  "while true do\n  pcall(error)\n  pcall(function()\n    while true do\n      local x = {}\n    end\n  end)\nend",
  "local function run()\n  while true do\n    pcall(error)\n  end\nend\nxpcall(coroutine.wrap(function() pcall(run) end), print)\nprint 'caught'",
  "for i = 1, 1e9 do\n  coroutine.wrap(function()\n    for j = 1, 10 do\n      local x = j\n    end\n  end)()\nend",
];

/** How much is ours between two of its instructions depends on the collector: where it ends, too. */
const settingHooks =
  "while true do\n  debug.sethook(function() end, 'l')\n  debug.sethook()\n  debug.sethook()\n  coroutine.resume(coroutine.create(function() end))\nend";

const spec = `describe("block", function()
  it("passes", function() for i = 1, 100 do local x = i end end)
  it("goes on", function()
    local n = 0
    while true do
      n = n + 1
      pcall(error)
      n = n + 2
    end
  end)
  it("does not come to run", function() end)
end)`;

for (const engine of engines) {
  const testOn = testWith(...toolsOf(engine));

  testOn(`${engine}: a limit of instructions ends a program at the same place each time`, async () => {
    const programs = [...endless, ...endless].map((text) => ({
      file: "main.lua",
      files: { "main.lua": text },
      maxInstructions: limit,
    }));
    const ran = await runApart(engine, programs);
    const places = ran.map(placeOf);
    for (const place of places) expect(place).toMatch(/^20000 main\.lua:\d+$/);
    expect(places.slice(endless.length)).toEqual(places.slice(0, endless.length));
    expect(ran.flatMap(({ told }) => told)).toEqual([]);
  });

  testOn(
    `${engine}: a limit of instructions ends a program that sets hooks of its own all the time`,
    async () => {
      const [ran] = await runOn(engine, { "main.lua": settingHooks }, [
        { file: "main.lua", maxInstructions: limit },
      ]);
      expect(ran === undefined ? "" : placeOf(ran)).toMatch(/^20000 main\.lua:\d+$/);
    },
  );

  testOn(`${engine}: a limit of instructions ends a test, and leaves those before it`, async () => {
    const one = { file: "a_spec.lua", style: "spec", maxInstructions: limit } as const;
    const ran = await runOn(engine, { "a_spec.lua": spec }, [one, one, one]);
    for (const { told } of ran)
      expect(told).toEqual(["start block passes", "success block passes", "start block goes on"]);
    const [first = "", ...others] = ran.map(placeOf);
    expect(first).toMatch(/^20000 a_spec\.lua:[5-8]$/);
    expect(others).toEqual([first, first]);
  });

  testOn(`${engine}: a program that stays within its limit runs as without, with its own hooks`, async () => {
    // 5.1 shows a level for the call of a hook that comes behind one of ours, and a native one what stands in for C.
    const isFirst = engine === "lua5.1" || engine === "5.1";
    const shown = hookPrograms.filter(({ needs }) => !isFirst || needs === undefined);
    const files = shown.map(({ text }) => ({ file: "main.lua", files: { "main.lua": text } }));
    const limited = files.map((each) => ({ ...each, maxInstructions: 1e9 }));
    const told = (await runApart(engine, [...files, ...limited])).map((ran) => [ran.told, ran.exit.kind]);
    expect(told.slice(files.length)).toEqual(told.slice(0, files.length));
  });
}

function placeOf({ exit }: Ran): string {
  if (exit.kind !== "out of instructions") return exit.kind;
  return `${exit.limit} ${exit.place.replace(/^.*\/(?=[^/]*$)/, "")}`;
}
