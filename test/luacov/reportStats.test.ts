import path from "node:path";
import { expect, test } from "vitest";
import { formatStats } from "../../src/luacov/stats.js";
import { readCoverage } from "../../src/store/read.js";
import { runCli } from "../support/cli.js";
import { expectListing } from "../support/listing.js";
import { makeProject } from "../support/project.js";

const source = `local M = {}
function M.first(a) return a and 1 end
function M.second(a)
  if a then return 1 end
  return 2
end
return M
`;
const stats = (name: string, counts: readonly number[]) => formatStats(new Map([[name, counts]])).toString();
const files = {
  "src/m.lua": source,
  "test/m.lua": 'assert(require("src.m").second(true) == 1)\n',
  "luacov.stats.out": stats("./src/m.lua", [10, 10, 10, 20, 0, 0, 10]),
};

test("report reads a stats file by itself, and several add up", async () => {
  const folder = makeProject({ ...files, "other.out": stats("src/m.lua", [1, 1, 1, 0, 1, 0, 1]) });
  const args = [
    "report",
    "--stats",
    "luacov.stats.out",
    "--stats",
    "other.out",
    "--reporter",
    "text-summary",
  ];
  const { code, stdout, stderr } = await runCli(folder, args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/Lines\s*: 100% \( 6\/6 \)/);
  await runCli(folder, ["merge", ".nyc_output", "all.json", "--stats", "luacov.stats.out"]);
  expect(
    (await runCli(folder, ["check-coverage", "--stats", "other.out", "--lines", "100"])).stderr,
  ).toContain("ERROR: Coverage for lines (83.33%) does not meet global threshold (100%)");
});

test("what LuaCov has counted is added to what runs have left, line by line", async () => {
  const folder = makeProject(files);
  await runCli(folder, ["--reporter", "none"]);
  await runCli(folder, ["merge", ".nyc_output", "all.json", "--stats", "luacov.stats.out"]);
  const map = readCoverage(folder)[path.join(folder, "src/m.lua")];
  if (map === undefined) throw new Error("no coverage");
  expectListing(
    `
    11| local M = {}
    11 0| function M.first(a) return a and 1 end
    binary-expr 0 0 true 0
    11| function M.second(a)
    21 1|   if a then return 1 end
    if 1 0
    0|   return 2
     | end
    11| return M
     |`,
    map,
  );
});

test("sources of another checkout count for those with the same place here", async () => {
  const folder = makeProject({
    ...files,
    "luacov.stats.out": stats("/home/elsewhere/project/src/m.lua", [1, 1, 1, 1, 1, 0, 1]),
  });
  const { stdout, stderr } = await runCli(folder, [
    "report",
    "--stats",
    "luacov.stats.out",
    "--reporter",
    "text",
  ]);
  expect(stderr).toBe("");
  expect(stdout).toContain(" m.lua    |");
});

test.for([
  [
    "a file that is not there",
    "missing.out",
    "<folder>/missing.out is not a stats file of LuaCov's: there is no such file",
  ],
  [
    "another file",
    "src/m.lua",
    "<folder>/src/m.lua is not a stats file of LuaCov's: line 1 is not the number of lines and the name of a source",
  ],
  ["a folder", "src", "<folder>/src is not a stats file of LuaCov's: it is a folder, not a file"],
] as const)("%s as a stats file is an error", async ([, name, message]) => {
  const folder = makeProject(files);
  const { code, stderr } = await runCli(folder, ["report", "--stats", name]);
  expect(code).toBe(2);
  expect(stderr).toContain(`ERROR: ${message}; --stats takes what lua -lluacov has left`);
});

test("what a stats file names and is not here, or was longer, is a warning", async () => {
  const text = `${stats("gone.lua", [1])}${files["luacov.stats.out"]}${stats("test/m.lua", [1, 0, 0, 1])}3:src/m.lua\n1 `;
  const folder = makeProject({ ...files, "luacov.stats.out": text });
  const { code, stderr } = await runCli(folder, [
    "report",
    "--stats",
    "luacov.stats.out",
    "--reporter",
    "none",
  ]);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: `WARNING: <folder>/luacov.stats.out is damaged: line 8 does not hold the hits of 3 lines; what comes before counts
WARNING: 1 source in LuaCov's stats is not here, and left out: gone.lua
WARNING: test/m.lua is shorter than what LuaCov has measured, so its figures may be those of other lines
`,
  });
});
