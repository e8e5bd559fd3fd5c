import { expect, test } from "vitest";
import { inLua, runCli } from "../../support/cli.js";
import { coverageIn } from "../../support/cover.js";
import { makeProject } from "../../support/project.js";

const project = {
  "luacov-ts.config.jsonc": `{
    // Fixtures are no tests.
    "tests": ["checks", "!checks/data/**"],
    "setup": "checks/data/setup.lua",
    "reporter": "none"
  }`,
  "checks/data/setup.lua": 'started = (started or 0) + 1 package.path = "lib/?.lua;" .. package.path',
  "lib/m.lua": "return 1\n",
  "checks/script.lua": 'assert(started == 1 and require "m" == 1) print("script", arg[0])',
  "checks/units.lua": `local lu = require "luaunit"
TestSetup = {}
function TestSetup:testStarted() lu.assertEquals(started, 1) end
os.exit(lu.LuaUnit.run())
`,
};

test("a setup file runs before each test file that the configuration names, and is no product code", async () => {
  const folder = makeProject({
    ...project,
    "checks/b.lua": 'describe("b", function() it("is set up", function() assert.equal(1, started) end) end)',
  });
  const { code, stdout, stderr } = await runCli(folder, inLua([]));
  expect(stderr).toBe("");
  expect(stdout).toContain("script\tchecks/script.lua");
  expect([code, Object.keys(coverageIn(folder))]).toEqual([0, ["lib/m.lua"]]);
});

test("a setup file beside the tests is none of them, unless it is named", async () => {
  const folder = makeProject({
    ".nycrc.json": { setup: "test/setup.lua", reporter: "none" },
    "test/setup.lua": "started = (started or 0) + 1",
    "test/a.lua": "assert(started == 1)",
  });
  const { stdout } = await runCli(folder, inLua([]));
  expect(stdout).toMatch(/^1 passed, 0 failed$/m);
  const named = await runCli(folder, inLua(["test"]));
  expect(named.stdout).toMatch(/^2 passed, 0 failed$/m);
});

test("operands are all that runs, and the rest of the configuration counts", async () => {
  const folder = makeProject({ ...project, "other.lua": "assert(started == 1)", "checks/b.lua": "error()" });
  const { code } = await runCli(folder, inLua(["other.lua", "checks/script.lua"]));
  expect(code).toBe(0);
});

test("what a setup file does wrong fails each test file, with its place", async () => {
  const folder = makeProject({ ...project, "checks/data/setup.lua": 'error("not today")' });
  const { code, stdout } = await runCli(folder, inLua(["checks/script.lua"]));
  expect(stdout).toContain("checks/data/setup.lua:1: not today");
  expect(code).toBe(1);
});

test("with nothing but patterns that leave out, they are left out of the usual tests", async () => {
  const folder = makeProject({
    "luacov-ts.config.json": { tests: "!test/data/**", reporter: "none" },
    "m.lua": "return 1",
    "test/a.lua": 'print("a", (require "m"))',
    "test/data/b.lua": "error()",
  });
  const { code, stdout } = await runCli(folder, inLua([]));
  expect([code, stdout.includes("a\t1\n")]).toEqual([0, true]);
});
