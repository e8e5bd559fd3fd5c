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
  ["spec", 'local busted = require "busted"\nbusted.describe("x")'],
  ["spec", "local b = require('busted') b.it('x')"],
  ["spec", 'busted = require "busted"\nbusted.it("x")'],
  ["spec", 'require("busted").describe("x")'],
  ["spec", '(require "busted").test "x"'],
  ["spec", 'local busted = require "busted" busted["describe"]("x")'],
  ["spec", 'local describe = require("busted").describe describe("x")'],
  ["spec", 'local busted = require "busted"\nlocal d, i = busted.describe, busted.it\nd("x")'],
  ["spec", 'local ok, busted = pcall(require, "busted") if ok then busted.it("x") end'],
  ["spec", 'local suite = describe suite("x")'],
  ["spec", 'local describe = describe or require("busted").describe describe("x")'],
  ["spec", 'local busted = require "busted" test = busted.it test("x")'],
  ["spec", 'local a = require "busted" local b = a b.pending "x"'],
  ["spec", "require 'busted.runner'()"],
  ["spec", 'require("busted.runner")({ standalone = false })'],
  ["script", 'local busted = require "busted"'],
  ["script", 'local busted = require "busted" busted.subscribe({ "test", "end" }, print)'],
  ["script", 'local busted = require "busted" local function f() busted.it("x") end'],
  ["script", 'local busted = require "mine" busted.it("x")'],
  ["script", 'local busted = require "busted" busted = {} busted.it("x")'],
  ["script", 'busted.it("x")'],
  ["script", 'local busted = require "busted" local it = busted.match it("x")'],
  ["script", 'local it = require "it" it("x")'],
  ["script", ""],
  ["script", 'assert(require "m"() == 1)'],
  ["spec", 'local function f() describe("x") end f()'],
  ["spec", "local function f(all) for _, each in ipairs(all) do it(each) end end f(names)"],
  ["spec", 'local f = function() it("x") end f()'],
  ["spec", 'function f() it("x") end f()'],
  ["spec", 'local function f() it("x") end local function g() f() end g()'],
  ["script", 'local function f() describe("x") end'],
  ["script", 'local function f() describe("x") end g(f)'],
  ["script", 'local function f(it) it("x") end f(print)'],
  ["script", 'local function it() end local function f() it("x") end f()'],
  ["script", 'local function f() g(function() it("x") end) end f()'],
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
  const script = ["mine/?.lua", "?.lua", "?/init.lua", "lua_modules/share/lua/5.3/?.lua"];
  expect(await paths()).toEqual([spec, script]);
  expect(await paths({ style: "script" })).toEqual([script, script]);
  expect(await paths({ style: "spec" })).toEqual([spec, spec]);
});
