import { expect } from "vitest";
import { testWith } from "../support/tools.js";
import { allLuas, makeProject } from "./agent.js";

const module = `local M = {}
for i = 1, 3 do
  M[i] = i
end
return function()
  return M
end
`;

const numbers = Array.from({ length: 225 }, (_, index) => index).join();

/** Programs with counters in locals, the source that is looked at, and how often its lines count. */
const programs: Readonly<
  Record<string, readonly [main: string, source: string, counts: Readonly<Record<number, number>>]>
> = {
  "a source that is loaded again and again": [
    `local kept = {}
for i = 1, 150 do kept[i] = dofile "mod.lua" end
for i = 1, 150 do kept[i]() end
for i = 1, 5 do kept[1]() end`,
    "mod.lua",
    { 1: 150, 2: 150, 3: 450, 5: 150, 6: 155 },
  ],
  "a chunk that is called again and again": [
    `local chunk = loadfile "mod.lua" for i = 1, 150 do chunk()() end`,
    "mod.lua",
    { 1: 150, 2: 150, 3: 450, 5: 150, 6: 150 },
  ],
  "a main function whose expressions need nearly all registers": [
    `for i = 1, 3 do\n  assert(i)\nend\nlocal count = select("#", ${numbers})\nassert(count == 225)`,
    "main.lua",
    { 1: 1, 2: 3, 4: 1, 5: 1 },
  ],
  "a loop that is left by an error, a break, a yield and the end of the program": [
    `local function leave(how)
  for i = 1, 3 do
    if i == 2 then
      how()
    end
  end
end
pcall(leave, error)
coroutine.wrap(leave)(coroutine.yield)
for i = 1, 3 do
  if i == 2 then
    break
  end
end
leave(os.exit)`,
    "main.lua",
    { 1: 1, 2: 3, 3: 6, 4: 3, 8: 1, 9: 1, 10: 1, 11: 2, 12: 1, 15: 1 },
  ],
};

for (const lua of allLuas) {
  for (const [what, [main, source, counts]] of Object.entries(programs)) {
    testWith(lua)(`${lua} counts ${what}`, () => {
      const project = makeProject({ "mod.lua": module, "main.lua": main });
      const { code, stderr } = project.run([lua, "main.lua"]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(project.lines(source)).toEqual(counts);
      expect(project.doubts()).toEqual([]);
    });
  }
}
