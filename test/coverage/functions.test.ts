import { expect, test } from "vitest";
import { measure } from "../support/measure.js";

/** The calls of each function by its name, in the order of the source. */
function callsOf(source: string): [string, number][] {
  const { coverage, outcome } = measure(source);
  expect(outcome.results[0]?.message).toBe("");
  return Object.entries(coverage.fnMap).map(([key, { name }]) => [name, coverage.f[key] ?? Number.NaN]);
}

test("functions are named as Lua names them", () => {
  const names = callsOf(
    `
    local M = {}
    function M.area() end
    function M:scale() end
    function M.a.b.c:d() end
    local function helper() end
    function global() end
    local first, second = function() end, function() end
    M.assigned = function() end
    M[1] = function() end
    local t = { key = function() end, ["with space"] = function() end, function() end }
    print(function() end)
    return function() return function() end end
  `
      .replace("function M.a.b.c:d() end", "M.a = { b = { c = {} } } function M.a.b.c:d() end")
      .replace("print", "type"),
  );
  expect(names.map(([name]) => name)).toEqual([
    "M.area",
    "M:scale",
    "M.a.b.c:d",
    "helper",
    "global",
    "first",
    "second",
    "M.assigned",
    "(anonymous_9)",
    "key",
    "with space",
    "(anonymous_12)",
    "(anonymous_13)",
    "(anonymous_14)",
    "(anonymous_15)",
  ]);
});

test.each<[string, string, [string, number][]]>([
  ["never called", "local function f() end", [["f", 0]]],
  ["vararg", "local function f(...) return select('#', ...) end f() f(1, 2)", [["f", 2]]],
  ["a loop head first", "local function f(n) while n > 0 do n = n - 1 end end f(3) f(0)", [["f", 2]]],
  ["a repeat first", "local function f(n) repeat n = n - 1 until n < 0 end f(3) f(0)", [["f", 2]]],
  [
    "a goto back to the start",
    "local function f(n) ::top:: n = n - 1 if n > 0 then goto top end end f(3) f(1)",
    [["f", 2]],
  ],
  ["recursion", "local function f(n) if n > 0 then f(n - 1) end end f(3)", [["f", 4]]],
  ["tail calls", "local function f(n) if n > 0 then return f(n - 1) end end f(3)", [["f", 4]]],
  [
    "tail calls between functions that loop at their start",
    `local g
    local function f(n) repeat n = n - 1 until n % 2 == 0 return n > 0 and g(n) or n end
    function g(n) repeat n = n - 1 until n % 2 == 1 if n > 2 then return f(n) end return n end
    f(7) g(6)`,
    [
      ["f", 5],
      ["g", 6],
    ],
  ],
  [
    "a loop at the start whose condition calls the function itself",
    "local function f(n) while n > 0 and f(n - 2) do n = n - 1 end return false end f(5)",
    [["f", 4]],
  ],
  [
    "coroutine bodies",
    "local function f() coroutine.yield() end local c = coroutine.wrap(f) c() c() coroutine.wrap(f)()",
    [["f", 2]],
  ],
  [
    "pcall and errors",
    "local function f(x) if x then error(x) end end pcall(f, 1) pcall(f) pcall(pcall, f)",
    [["f", 3]],
  ],
  [
    "sort and gsub",
    "table.sort({ 1, 2 }, function(a, b) return a < b end) local _ = ('x'):gsub('.', function() end)",
    [
      ["(anonymous_1)", 1],
      ["(anonymous_2)", 1],
    ],
  ],
  [
    "metamethods",
    `local t = setmetatable({}, { __index = function() return 1 end, __call = function(_, n) return n end,
      __eq = function() return true end, __concat = function() return "" end, __len = function() return 0 end })
    local _ = t.x + t.y, t(1), t == setmetatable({}, getmetatable(t)), t .. "", #t`,
    [
      ["__index", 2],
      ["__call", 1],
      ["__eq", 1],
      ["__concat", 1],
      ["__len", 1],
    ],
  ],
  ["a copy by string.dump", "local function f(n) return n end load(string.dump(f))(1) f(2)", [["f", 2]]],
])("calls: %s", (_name, source, expected) => {
  expect(callsOf(source)).toEqual(expected);
});
