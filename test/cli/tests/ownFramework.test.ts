import { expect, test } from "vitest";
import { inLua, runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";

const framework = `local M = { failed = 0 }
function M.describe(name, f) f() end
M.it = function(name, f) if not pcall(f) then M.failed = M.failed + 1 end end
return M
`;
const runner = `mini = require "tests.mini"
for _, name in ipairs { "describe", "it" } do _G[name] = mini[name] end
dofile "tests/words.lua"
os.exit(mini.failed)
`;

const files = {
  "tests/mini.lua": framework,
  "tests/runner.lua": runner,
  "tests/words.lua": 'describe("words", function() it("count", function() assert(mini.failed == 0) end) end)',
};

test("tests of a framework of their own are told what runs them", async () => {
  const folder = makeFolder(files);
  const { code, stderr } = await runCli(folder, inLua(["--reporter", "none"]));
  expect([code, stderr]).toEqual([
    1,
    "WARNING: tests/mini.lua has describe and it of its own, which tests have from tests/runner.lua, and not from busted: if they rely on them, run luacov-ts tests/runner.lua\n",
  ]);
  const right = await runCli(folder, inLua(["--no-coverage", "tests/runner.lua"]));
  expect([right.code, right.stderr]).toEqual([0, ""]);
});

test("nothing is told where nobody puts those among the globals", async () => {
  const others = { ...files, "tests/runner.lua": 'local mini = require "tests.mini"' };
  expect((await runCli(makeFolder(others), inLua(["--reporter", "none"]))).stderr).toBe("");
});
