import { cpSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { testUnless } from "../support/luaDifferences.js";

const library = `local lfs = require "lfs"
local outside = lfs.currentdir():gsub("[^/]+/?$", "") .. "outside"
local function clear(name)
  if lfs.symlinkattributes(name, "mode") ~= "directory" then return os.remove(name) end
  for each in lfs.dir(name) do
    if each ~= "." and each ~= ".." then clear(name .. "/" .. each) end
  end
  assert(lfs.rmdir(name))
end
local function plant(name, target)
  clear(name)
  lfs.link(outside .. "/" .. (target or ""), name, true)
end
local function each(folder, action)
  for name in lfs.dir(folder) do action(folder .. "/" .. name, name) end
end
`;

const map = "01234567-89ab-cdef-0123-456789abcdef.json";

/** What a test puts in the place of files and folders of ours, and the exit code of the run. */
const plants: readonly (readonly [name: string, lua: string, code: number])[] = [
  ["the folder beside the maps", 'plant ".nyc_output/luacov-ts"', 0],
  ["the temp-dir", 'plant ".nyc_output"', 2],
  ["the temp-dir, by a link to nothing", 'plant(".nyc_output", "made")', 2],
  [
    "a file that is not whole yet",
    'each("out", function(file, name) if name:find "tmp$" then plant(file, "theirs.txt") end end)',
    0,
  ],
  ["a file of a test reporter", 'plant("out/junit.xml", "theirs.txt")', 0],
  ["the folder of a test reporter", 'plant "out"', 2],
  ["the test record", 'plant("record/tests.json", "theirs.txt")', 0],
  ["the folder of the test record", 'plant "record"', 0],
  ["the lock of the test record", 'lfs.mkdir "record" plant "record/.tests.json.luacov-ts-lock"', 0],
  ["the summary", 'plant("summary.md", "theirs.txt")', 2],
];

const flags = [
  "--reporter",
  "none",
  "--test-record",
  "record/tests.json",
  "--test-reporter",
  "junit=out/junit.xml",
];

testUnless("the sandbox")(
  "what a test links in the place of files of ours is never followed out of the project, now or later",
  async () => {
    for (const [name, lua, code] of plants) {
      const folder = makeFolder({
        "outside/theirs.txt": "theirs",
        [`outside/${map}`]: "{}",
        [`outside/luacov-ts/${map}`]: "{}",
        "outside/tests-1-of-1.json": "{}",
        "project/src/m.lua": "return function() end\n",
        "project/out/.keep": "",
        "project/record/.keep": "",
        "project/test/a.lua": `require "src.m" () ${library} ${lua}`,
        "project/spare/a.lua": 'require "src.m" ()',
      });
      const [project, outside] = [path.join(folder, "project"), path.join(folder, "outside")];
      const state = () =>
        readdirSync(outside, { recursive: true }).map((each) => {
          const file = path.join(outside, String(each));
          return [each, each === "luacov-ts" ? "" : readFileSync(file, "utf8")];
        });
      const before = state();
      const run = (...args: string[]) =>
        runCli(project, ["--sandbox", ...flags, ...args], { GITHUB_STEP_SUMMARY: "summary.md" });
      const result = await run("--test-reporter", "github", "test");
      expect([result.code, state()], `${name}: ${result.stdout}${result.stderr}`).toEqual([code, before]);
      expect(result.stderr, name).toMatch(
        code === 0 ? /^(WARNING: .*\n)*$/ : /^(WARNING: .*\n)*ERROR: Cannot write to .*\n$/,
      );
      // What comes later finds the links.
      cpSync(path.join(project, "spare/a.lua"), path.join(project, "test/a.lua"));
      await run("test");
      await run("report", "--reporter", "none");
      expect(state(), `${name}, later`).toEqual(before);
    }
  },
  300_000,
);
