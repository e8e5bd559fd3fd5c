import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { testWith } from "../../support/tools.js";

const project = {
  "src/shapes.lua": "local shapes = {}\nfunction shapes.area(a, b) return a * b end\nreturn shapes\n",
  "spec/a_spec.lua": `local shapes = require "src.shapes"
describe("shapes", function()
  before_each(function() shapes.area(0, 0) end)
  it("have an area", function() assert.equal(6, shapes.area(2, 3)) end)
  it("have another one", function() assert.equal(7, shapes.area(3, 2)) end)
  it("show nothing", function() assert.is_true(true) end)
end)
`,
  "spec/b_spec.lua": 'it("is second", function() assert.equal(1, require("src.shapes").area(1, 1)) end)\n',
  "test/plain.lua": 'print(require("src.shapes").area(4, 4), ...)\n',
};

/** What of it runs in `src`; what functions give back is for `programs.test.ts`. */
const trace = `src/shapes.lua            -> (main chunk)
src/shapes.lua:3          <- (main chunk)
src/shapes.lua:2        -> shapes.area(0, 0)
src/shapes.lua:2        <- shapes.area
spec/a_spec.lua:4       -- test: shapes have an area
src/shapes.lua:2        -> shapes.area(2, 3)
src/shapes.lua:2        <- shapes.area
src/shapes.lua:2        -> shapes.area(0, 0)
src/shapes.lua:2        <- shapes.area
spec/a_spec.lua:5       -- test: shapes have another one
src/shapes.lua:2        -> shapes.area(3, 2)
src/shapes.lua:2        <- shapes.area
src/shapes.lua:2        -> shapes.area(0, 0)
src/shapes.lua:2        <- shapes.area
spec/b_spec.lua:1       -- test: is second
src/shapes.lua            -> (main chunk)
src/shapes.lua:3          <- (main chunk)
src/shapes.lua:2        -> shapes.area(1, 1)
src/shapes.lua:2        <- shapes.area
src/shapes.lua            -> (main chunk)
src/shapes.lua:3          <- (main chunk)
src/shapes.lua:2        -> shapes.area(4, 4)
src/shapes.lua:2        <- shapes.area
`;

for (const lua of ["fengari", "5.4", "lua5.1", "luajit"] as const) {
  const isTool = lua === "lua5.1" || lua === "luajit";
  testWith(...(isTool ? [lua] : []))(`${lua}: tests, one file at a time`, async () => {
    const folder = makeFolder(project);
    const flags = ["--lua", lua, "--jobs", "2", "--events", "calls", "--file", "src/**", "-o", "trace.txt"];
    const { code, stdout, stderr } = await runCli(folder, [
      "trace",
      ...flags,
      "spec",
      "test/*.lua",
      "--",
      "x",
    ]);
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toContain("16\tx\n");
    expect(stdout).toContain("4 passed, 1 failed");
    const text = readFileSync(path.join(folder, "trace.txt"), "utf8");
    const shown = text.split("\n").filter((line) => !/^\[C\]/.test(line));
    const lines = shown.map((line) => line.replace(/( <- .*) = .*/, "$1"));
    expect(lines.join("\n")).toBe(trace);
  });

  testWith(...(isTool ? [lua] : []))(`${lua}: one test by its name, beside its output`, async () => {
    const flags = ["--lua", lua, "--events", "lines", "--name", "shapes have an area", "--limit", "3"];
    const { code, stderr } = await runCli(makeFolder(project), [
      "trace",
      ...flags,
      "--file",
      "src/**",
      "spec/a_spec.lua",
    ]);
    expect([code, stderr]).toEqual([
      0,
      `src/shapes.lua:1            local shapes = {}
src/shapes.lua:2            function shapes.area(a, b) return a * b end
src/shapes.lua:3            return shapes
-- the trace ends after 3 lines, as --limit says; the program goes on
`,
    ]);
  });
}
