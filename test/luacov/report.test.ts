import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { formatReport } from "../../src/luacov/report.js";
import { parseStats } from "../../src/luacov/stats.js";
import { runCli } from "../support/cli.js";
import { makeProject } from "../support/project.js";

const file = (name: string, source: string, hits: readonly (number | null)[]) => ({
  name: Buffer.from(name),
  source: Buffer.from(source),
  hits,
});
const rule = "=".repeat(78);

test("the report has the columns of LuaCov's", () => {
  const files = [
    file("b.lua", "local a = 1\n\n  \nif a then\r\n  f()\nend", [12, null, null, 7, 0, null]),
    file("a.lua", "", []),
  ];
  expect(formatReport(files, 12).toString()).toBe(`${rule}
a.lua
${rule}

${rule}
b.lua
${rule}
 12 local a = 1

      
  7 if a then\r
**0   f()
    end

${rule}
Summary
${rule}

File  Hits Missed Coverage
--------------------------
a.lua 0    0      0.00%
b.lua 2    1      66.67%
--------------------------
Total 2    1      66.67%
`);
});

test("without files there is one line above the total, and no count has a column of one", () => {
  expect(formatReport([], 0).toString()).toBe(`${rule}
Summary
${rule}

File  Hits Missed Coverage
--------------------------
Total 0    0      0.00%
`);
  expect(formatReport([file("a.lua", "f()\nend\n", [0, null])], 0).toString()).toContain(
    "\n*0 f()\n   end\n\n",
  );
});

test.for([
  [1, 799, "0.12%"],
  [5, 795, "0.62%"],
  [3, 797, "0.38%"],
  [1, 2, "33.33%"],
  [2, 1, "66.67%"],
] as const)("%i hits and %i misses are %s, as C rounds", ([hit, missed, expected]) => {
  const counts = [...Array.from({ length: hit }, () => 1), ...Array.from({ length: missed }, () => 0)];
  const report = formatReport([file("a.lua", "f()\n".repeat(hit + missed), counts)], 1).toString();
  expect(report.trimEnd().split(" ").at(-1)).toBe(expected);
});

test("a run writes LuaCov's two files", async () => {
  const folder = makeProject({
    "src/m.lua":
      "local M = {}\nfunction M.f(a)\n  if a then\n    return 1\n  end\n  return 2\nend\nreturn M\n",
    "test/m.lua": 'local m = require("src.m")\nfor _ = 1, 12 do m.f(true) end\n',
  });
  const { code, stdout, stderr } = await runCli(folder, [
    "--reporter",
    "luacov",
    "--reporter",
    "luacov-stats",
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).not.toContain("luacov");
  expect(readFileSync(path.join(folder, "coverage/luacov.report.out"), "utf8")).toBe(`${rule}
src/m.lua
${rule}
  1 local M = {}
  1 function M.f(a)
 12   if a then
 12     return 1
      end
**0   return 2
    end
  1 return M

${rule}
Summary
${rule}

File      Hits Missed Coverage
------------------------------
src/m.lua 5    1      83.33%
------------------------------
Total     5    1      83.33%
`);
  const { stats } = parseStats(readFileSync(path.join(folder, "coverage/luacov.stats.out")));
  expect(stats).toEqual(new Map([["src/m.lua", [1, 1, 12, 12, 0, 0, 0, 1]]]));
});

test("what was read from stats files is written again, with sources that are not here", async () => {
  const lines = "4:a.lua\n4 0 4 4 \n5:gone.lua\n1 0 0 0 1 \n";
  const folder = makeProject({
    "a.lua": "local t = {\n}\nfunction t.f(\n)\nend\n",
    "luacov.stats.out": lines,
  });
  await runCli(folder, ["report", "--stats", "luacov.stats.out", "--reporter", "luacov-stats"]);
  expect(readFileSync(path.join(folder, "coverage/luacov.stats.out"), "utf8")).toBe(lines);
});
