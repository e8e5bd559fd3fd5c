import { expect, test } from "vitest";
import { measure } from "../support/measure.js";

/**
 * Programs with debug hooks of their own. Each asserts what lua5.3 gives, and has to be measured to its end as
 * if it had set none; `what` of C functions is left out, which fengari calls JS.
 */
test.each<[string, string]>([
  [
    "line events, with getinfo(2) in the hook",
    `local log = {}
     local line = debug.getinfo(1, "l").currentline
     debug.sethook(function(event, at)
       log[#log + 1] = event .. at - line .. (debug.getinfo(2, "l").currentline == at and "" or "?")
     end, "l")
     local x = 1
     for i = 1, 2 do
       x = x + i
     end
     debug.sethook()
     assert(table.concat(log, " ") == "line4 line5 line6 line5 line6 line5 line8", table.concat(log, " "))`,
  ],
  [
    "call and return events, also of tail calls",
    `local log = {}
     local function f(a) return a end
     local function t() return f(2) end
     debug.sethook(function(event)
       log[#log + 1] = event .. ":" .. tostring(debug.getinfo(2, "n").name)
     end, "cr")
     f(1)
     t()
     debug.sethook()
     local text = table.concat(log, " ")
     assert(text == "return:sethook call:f return:f call:t tail call:nil return:nil call:sethook", text)`,
  ],
  [
    "count events",
    `local events = 0
     debug.sethook(function(event) events = events + 1 end, "", 10)
     for i = 1, 1000 do local x = i end
     debug.sethook()
     assert(events > 150 and events < 400, events)`,
  ],
  [
    "gethook gives the program's own hook, or nothing",
    `assert(debug.gethook() == nil)
     local function hook() end
     debug.sethook(hook, "crl", 5)
     local f, mask, count = debug.gethook()
     assert(f == hook and mask == "crl" and count == 5)
     debug.sethook(f, mask, count)
     debug.sethook()
     assert(select("#", debug.gethook()) == 3 and debug.gethook() == nil)`,
  ],
  [
    "save and restore",
    `local events = 0
     local function hook() events = events + 1 end
     debug.sethook(hook, "l")
     local saved = { debug.gethook() }
     debug.sethook()
     local before = events
     local x = 1
     assert(events == before)
     debug.sethook(table.unpack(saved))
     x = 2
     debug.sethook()
     assert(events == before + 2)`,
  ],
  [
    "a hook belongs to a coroutine",
    `local seen = 0
     local thread = coroutine.create(function()
       local a = 1
       coroutine.yield()
       local b = 2
     end)
     debug.sethook(thread, function() seen = seen + 1 end, "l")
     assert(debug.gethook(thread) and not debug.gethook())
     coroutine.resume(thread)
     assert(seen == 2)
     debug.sethook(thread)
     coroutine.resume(thread)
     assert(seen == 2)`,
  ],
  [
    "an error in a hook",
    `local ok, message = pcall(function()
       debug.sethook(function() debug.sethook() error("from the hook") end, "l")
       local y = 1
       error("not reached")
     end)
     assert(not ok and message:find "from the hook")`,
  ],
  [
    "a hook that sets another one",
    `local first, second = 0, 0
     debug.sethook(function()
       first = first + 1
       debug.sethook(function() second = second + 1 end, "l")
     end, "l")
     local z = 1
     z = 2
     z = 3
     debug.sethook()
     assert(first == 1 and second == 3)`,
  ],
])("%s", (_name, source) => {
  const { outcome, coverage } = measure(`${source}\nlocal last = 1`);
  expect(outcome.results[0]?.message).toBe("");
  const lines = Object.entries(coverage.statementMap).map(([key, { start }]) => [
    start.line,
    coverage.s[key],
  ]);
  expect(lines.at(-1)?.[1]).toBe(1);
  expect(lines.filter(([, hits]) => hits === 0)).toEqual(notReached(source));
});

/** The statement behind an error is the only one that none of these programs reaches. */
function notReached(source: string): number[][] {
  const line = source.split("\n").findIndex((text) => text.includes("not reached"));
  return line === -1
    ? []
    : [
        [line, 0],
        [line + 1, 0],
      ];
}
