import { expect, test } from "vitest";
import { breakpointPlace, linesWithCode } from "../../src/debug/places.js";

/** Of each line: the line of the breakpoint, that of its function, and the text that the function's body begins with. */
function places(lua: string): string[] {
  const source = Buffer.from(lua);
  return lua.split("\n").map((_, index) => {
    const place = breakpointPlace(source, index + 1);
    if (place === null) return "none";
    if (place.defined === undefined) return `${place.line}`;
    const begin = place.entry === undefined ? "" : lua.slice(place.entry.offset).split("\n")[0];
    return `${place.line} in ${place.defined}: ${begin}`;
  });
}

test("a breakpoint is moved to the next line with code, and is in the innermost function there", () => {
  const lua = `#!/usr/bin/lua
local a = 1 -- a

local function f(b,
  c)
  -- begins
  local d = function()
    return b
  end
  return d
end
call(function() return a end)
local text = [[
one]]
-- the end`;
  expect(places(lua)).toEqual([
    "2 in 0: local a = 1 -- a",
    "2 in 0: local a = 1 -- a",
    "4 in 4: local d = function()",
    "4 in 4: local d = function()",
    "5 in 4: local d = function()",
    "7 in 7: return b",
    "7 in 7: return b",
    "8 in 7: return b",
    "9 in 7: return b",
    "10 in 4: local d = function()",
    "11 in 4: local d = function()",
    "12",
    "13 in 0: local a = 1 -- a",
    "14 in 0: local a = 1 -- a",
    "none",
  ]);
});

test("a function without statements tells nothing of itself, and what is no Lua has lines alone", () => {
  expect(places("local function f()\nend")).toEqual(["1 in 1: ", "2 in 1: "]);
  expect(places("local = 1\n")).toEqual(["1", "2"]);
});

test("lines with code are those that breakpoints are not moved away from", () => {
  const lua = Buffer.from("-- begins\nlocal a = 1\n\nlocal b = [[\none]]\n-- ends\n");
  expect(linesWithCode(lua)).toEqual([2, 4, 5]);
  expect(linesWithCode(Buffer.from("local = 1"))).toEqual([]);
});
