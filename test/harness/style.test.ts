import path from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.js";
import { makeJobs, planFor } from "../../src/harness/plan/plan.js";
import { styleOf, styleOfFile } from "../../src/harness/plan/style.js";
import type { Style } from "../../src/types.js";
import { makeFolder } from "../support/folder.js";

const texts: readonly (readonly [style: Style, text: string])[] = [
  ["spec", 'describe("x", function() end)'],
  ["spec", 'local m = require "m"\ncontext("x", function() end)'],
  ["spec", 'insulate "x"'],
  ["spec", "expose {}"],
  ["spec", '#!/usr/bin/env busted\nit("x")'],
  ["spec", 'spec("x")'],
  ["spec", 'test("x")'],
  ["spec", 'pending "x"'],
  ["spec", 'require "busted.runner"()\ndescribe("x")'],
  ["spec", 'if jit then describe("x") end'],
  ["spec", 'if jit then a() else it("x") end'],
  ["spec", 'do local a do it("x") end end'],
  ["spec", 'for _, each in ipairs(all) do it("x" .. each) end'],
  ["spec", 'for i = 1, 3 do it("x" .. i) end'],
  ["spec", 'while more() do it("x") end'],
  ["spec", 'repeat it("x") until done'],
  ["spec", 'return describe("x")'],
  ["spec", 'local describe, it = describe, it\ndescribe("x")'],
  ["spec", 'do local it = f end it("x")'],
  ["spec", 'it("x") local it = 1'],
  ["spec", 'local lu = require "luaunit"\ndescribe("x")'],
  ["script", ""],
  ["script", 'assert(require "m"() == 1)'],
  ["script", 'local function f() describe("x") end f()'],
  ["script", 'local test = require "m"\ntest("x")'],
  ["script", 'local function test() end\ntest("x")'],
  ["script", 'local function test() end\nif a then test("x") end'],
  ["script", 'function test() end\ntest("x")'],
  ["script", 'test("x")\ntest = 1'],
  ["script", 'local function define() test = f end\ntest("x")'],
  ["script", "for _, it in pairs(all) do it() end"],
  ["script", "for test = 1, 2 do test() end"],
  ["script", 'suite.test("x") test:run() m.describe "x"'],
  ["script", 'describe("x" -- does not parse'],
  ["script", '-- describe("x")\nprint [[ it("x") ]]'],
  ["luaunit", 'local lu = require "luaunit"'],
  ["luaunit", 'lu = require("luaunit")'],
  ["luaunit", "require [[luaunit]]"],
  ["luaunit", 'local ok, lu = pcall(require, "luaunit")'],
  ["luaunit", 'local lu = require("test.luaunit")'],
  ["luaunit", 'local lu = require("lib/luaunit").LuaUnit'],
  ["luaunit", 'os.exit(require("luaunit").LuaUnit.run())'],
  ["script", 'require "luaunit_helpers"'],
  ["script", 'require "myluaunit"'],
  ["script", 'require "luaunit.extras"'],
  ["script", "require(luaunit)"],
  ["script", 'print "luaunit" pcall(f, "luaunit") m.require "luaunit"'],
];

test.each(texts)("%s: %s", (style, text) => {
  expect(styleOf(Buffer.from(text))).toBe(style);
});

test("a file that cannot be read is a script", () => {
  expect(styleOfFile(path.join(makeFolder({}), "none.lua"))).toBe("script");
});

test("specs look for modules where busted does, first of all but for lua-path", async () => {
  const cwd = makeFolder({ "a.lua": 'it("x")', "b.lua": "" });
  const paths = async (options = {}) => {
    const config = await loadConfig({ cwd, luaPath: ["mine/?.lua"], ...options });
    const plan = planFor(config, [path.join(cwd, "a.lua"), path.join(cwd, "b.lua")]);
    return makeJobs(plan, config, [], 1).map(({ program }) => {
      const templates = program.packagePath.split(";").map((template) => path.relative(cwd, template));
      return templates.slice(0, 4).filter((template) => !template.startsWith(".."));
    });
  };
  const spec = ["mine/?.lua", "src/?.lua", "src/?/?.lua", "src/?/init.lua"];
  const script = ["mine/?.lua", "?.lua", "?/init.lua"];
  expect(await paths()).toEqual([spec, script]);
  expect(await paths({ style: "script" })).toEqual([script, script]);
  expect(await paths({ style: "spec" })).toEqual([spec, spec]);
});
