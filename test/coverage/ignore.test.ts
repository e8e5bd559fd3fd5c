import path from "node:path";
import { expect, test } from "vitest";
import { analyseNow } from "../support/analyse.js";
import { makeFolder } from "../support/folder.js";
import { check, sourceOf } from "../support/listing.js";
import { measure } from "../support/measure.js";

test("disable and enable, as LuaCov means them: the line with enable is back in", () => {
  check(`
     1| local a = 1
      | -- luacov: disable
      | if a == 2 then
      |   a = 3
      | end
      | local function f() return a and 1 end
     1| a = 4 -- luacov: enable
     1| a = 5
      | a = 6 -- luacov: disable
      | a = 7
  `);
});

test("a comment that says more than disable is none", () => {
  check(
    `
     1| local a = 1 -- luacov: disable this
     1| a = 2 --[[ luacov: disable ]]
  `,
    [`program.lua:1: "luacov: disable this" is not known`],
  );
});

test("ignore next: a statement with everything in it", () => {
  check(
    `
     1| local a = 1
      | -- luacov: ignore next -- not on this machine
      | if a == 2 then
      |   a = function() return a and 3 end
      | end
     1| a = 4
  `,
    [`program.lua:2: "luacov: ignore next" leaves out code that did run`],
  );
});

test("ignore if and ignore else: one arm", () => {
  check(`
     1| local function f(a)
      |   -- luacov: ignore else
     1|   if a then
    if 1
     1|     a = 1
      |   else
      |     a = 2
      |   end
      |   -- luacov: ignore if
     1|   if not a then
    if 1
      |     a = 3
      |   end
     1|   if a == 5 then
    if 0 1
     0|     a = 6
      |   -- luacov: ignore if
      |   elseif a == 7 then
    if 1
      |     a = 8
     1|   else a = 9
      |   end
     1|   if a then
    if 1
     1|     a = 10
      |   -- luacov: ignore else
      |   else
      |     a = 11
      |   end
      | end
     1| f(true)
  `);
});

test("ignore function: the function, not what defines it", () => {
  check(
    `
     1| local M = {}
      | -- luacov: ignore function -- for debugging only
      | function M.dump(t)
      |   for k in pairs(t) do print(k) end
      | end
     1| M.t = {
      |   -- luacov: ignore function
      |   f = function() return 1 end,
     1|   g = function() return 2 end,
      | }
     1| M.t.g()
  `,
  );
});

/** Definitions, which run when the file is loaded; what follows calls the function that is ignored, or does not. */
const definitions = [
  "function M.f() return 1 end",
  "function M:f() return 1 end",
  "local function f() return 1 end M.f = f",
  "M.f = function() return 1 end",
  "M.f, M.g = function() return 1 end, function() return 2 end",
  "M = { f = function() return 1 end, name = 'M', ['g'] = M.g, { 1 } }",
  "M.f = M.f or function() return 1 end",
  "M.deep = { { f = function() return 1 end } } ; M.f = M.deep[1].f",
  "local f = function() return 1 end ; M.f = f",
];

test.for(definitions)("ignore next before a definition is about the function: %s", (definition) => {
  const ran = 'program.lua:2: "luacov: ignore next" leaves out code that did run';
  for (const linesOnly of [false, true]) {
    const warnings = (call: string) =>
      measure(`local M = {}\n-- luacov: ignore next\n${definition}\n${call}`, { linesOnly }).warnings;
    expect(warnings("local x = 1")).toEqual([]);
    expect(warnings("M.f()")).toEqual([ran]);
  }
});

test("ignore next before what calls something while it defines is about the call", () => {
  const definition = "local M = setmetatable({ f = function() end }, {})";
  expect(measure(`-- luacov: ignore next\n${definition}`).warnings).toHaveLength(1);
  expect(measure("-- luacov: ignore next\nreturn { f = function() end }").warnings).toEqual([]);
  expect(measure("-- luacov: ignore next\nreturn print, 5").warnings).toHaveLength(1);
});

test("two comments before one function both mean it", () => {
  const twice = "-- luacov: ignore function\n-- luacov: ignore next\nlocal function f() return 1 end\n";
  expect(measure(twice).warnings).toEqual([]);
  expect(measure(`${twice}f()`).warnings).toHaveLength(2);
});

test("an ignore that matches nothing, or whose code did run, is a warning", () => {
  check(
    `
     1| local a = 1
      | -- luacov: ignore if
     1| a = 2
      | -- luacov: ignore else
     1| if a == 2 then
    if 1
     1|   a = 3
      | end
      | -- luacov: ignore if
     1| if a == 3 then
    if 0
      |   a = 4
      | end
      | -- luacov: ignore function
      | local function f() end
     1| f()
      | -- luacov: ignore everything
      | -- luacov: ignore next
  `,
    [
      'program.lua:2: "luacov: ignore if" matches nothing',
      'program.lua:8: "luacov: ignore if" leaves out code that did run',
      'program.lua:12: "luacov: ignore function" leaves out code that did run',
      'program.lua:15: "luacov: ignore everything" is not known',
      'program.lua:16: "luacov: ignore next" matches nothing',
    ],
  );
});

test("ignore file: the file is not in the map at all", () => {
  const folder = makeFolder({ "a.lua": "-- luacov: ignore file\nlocal x = 1", "b.lua": "local x = 1" });
  const files = ["a.lua", "b.lua"].map((name) => path.join(folder, name));
  const { coverage, notices } = analyseNow({}, files, { root: folder, linesOnly: false });
  expect(Object.keys(coverage)).toEqual([path.join(folder, "b.lua")]);
  expect(notices).toEqual([]);
});

test("with lines only, ignored lines are left out, too", () => {
  const source = sourceOf(`
      | local a = 1
      | -- luacov: disable
      | a = 2
      | -- luacov: enable
      | -- luacov: ignore next
      | if a == 2 then a = 1
      |   a = 3
      | end
      | a = 4
  `);
  const { coverage } = measure(source, { linesOnly: true });
  expect(Object.values(coverage.statementMap).map(({ start }) => start.line)).toEqual([1, 9]);
});
