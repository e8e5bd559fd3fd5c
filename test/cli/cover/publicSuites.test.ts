import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { both } from "../../support/cover.js";
import { filesIn } from "../../support/folder.js";
import { type ToolName, testWith, toolPath } from "../../support/tools.js";

/** What a suite prints is the same by `cover`, failures of this Lua among it. */
async function expectSame(folder: string, lua: ToolName, args: readonly string[]) {
  const { plain, covered, coverage } = await both(filesIn(folder), lua, args);
  const [tests, own] = [plain, covered].map(({ stdout }) => stdout.match(/^(?:not )?ok .*/gm) ?? []);
  expect(own).toEqual(tests);
  expect([covered.code, covered.stdout]).toEqual([plain.code, plain.stdout]);
  return { tests: tests?.length ?? 0, plain, covered, files: Object.keys(coverage) };
}

const specs = () => [toolPath("busted"), "-o", "TAP", "spec"];

describe.each(["lua5.1", "lua5.2", "lua5.3", "lua5.4", "luajit"] as const)("in %s", (lua) => {
  testWith(
    lua,
    "busted",
    "suites of specs, in LUA_SUITES",
  )("every test of Debian's suites ends as without", async () => {
    const folder = toolPath("suites of specs, in LUA_SUITES");
    const suites = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, "spec")));
    expect(suites).not.toEqual([]);
    // Of a suite of what busted is made of, nothing is measured, and standard error says so.
    for (const suite of suites) await expectSame(path.join(folder, suite), lua, specs());
  });

  testWith(lua, "LuaUnit's sources, in LUAUNIT_SUITE")(
    "every test of LuaUnit's own suite ends as without",
    async () => {
      const folder = toolPath("LuaUnit's sources, in LUAUNIT_SUITE");
      const { tests, plain, covered, files } = await expectSame(folder, lua, [
        "run_unit_tests.lua",
        "-o",
        "tap",
      ]);
      expect(covered.stderr).toBe(plain.stderr);
      expect(tests).toBeGreaterThan(200);
      expect(files).toContain("luaunit.lua");
    },
  );

  testWith(
    lua,
    "busted",
    "Penlight's sources, in PENLIGHT_SUITE",
  )("every test of Penlight's own suite ends as without", async () => {
    const folder = toolPath("Penlight's sources, in PENLIGHT_SUITE");
    const { tests, plain, covered, files } = await expectSame(folder, lua, specs());
    // Its .luacov counts, which is said.
    expect(covered.stderr).toBe(`.luacov (1 key): modules\n${plain.stderr}`);
    expect(tests).toBeGreaterThan(200);
    expect(files).toContain("lua/pl/List.lua");
  });
});
