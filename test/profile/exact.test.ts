import { expect, test } from "vitest";
import { engines, toolsOf } from "../engine/contract.js";
import { embeddedLuas } from "../support/testLua.js";
import { testWith } from "../support/tools.js";
import { listing, profiled, timed } from "./profiled.js";

/** Programs, and what their calls are on every Lua. */
const programs: readonly (readonly [what: string, program: string, calls: readonly string[]])[] = [
  [
    "calls, and calls of functions of libraries",
    `local function inner(n) return n + 1 end
     local function outer(n) return (inner(inner(n))) end
     for i = 1, 3 do outer(i) end
     local text = string.rep("x", 3)`,
    ["main 1", "  outer 3", "    inner 6", "  string.rep 1"],
  ],
  [
    "recursion",
    "local function down(n) if n > 0 then return 1 + down(n - 1) end return 0 end down(2)",
    ["main 1", "  down 1", "    down 1", "      down 1"],
  ],
  [
    "a tail call takes the place of its caller",
    `local function last(n) return n end
     local function loop(n) if n > 0 then return loop(n - 1) end return last(n) end
     local x = loop(4)`,
    ["main 1", "  loop 5", "  last 1"],
  ],
  [
    "coroutines that alternate have their own calls",
    `local function work() return 1 end
     local function body() for i = 1, 2 do work() coroutine.yield(i) end end
     local a, b = coroutine.create(body), coroutine.create(body)
     for i = 1, 3 do coroutine.resume(a) coroutine.resume(b) end`,
    ["main 1", "  coroutine.create 2", "  coroutine.resume 6", "body 2", "  work 4", "  coroutine.yield 4"],
  ],
  [
    "a callback of a library",
    `local function less(a, b) return a < b end
     table.sort({ 2, 1 }, less)`,
    ["main 1", "  table.sort 1", "    less 1"],
  ],
  [
    "an error that is caught three levels up",
    `local function third() error("x", 0) end
     local function second() third() end
     local function first() second() end
     local function after() end
     for i = 1, 2 do pcall(first) after() end`,
    [
      "main 1",
      "  after 2",
      "  pcall 2",
      "    first 2",
      "      second 2",
      "        third 2",
      "          error 2",
    ],
  ],
];

for (const engine of engines) {
  for (const [what, program, calls] of programs) {
    testWith(...toolsOf(engine))(`${engine}: ${what}`, async () => {
      const profile = await profiled(engine, "exact", program);
      expect(sorted(listing(profile))).toEqual(sorted(calls));
      expect(profile.sampling).toEqual([]);
    });
  }
}

for (const engine of ["fengari", ...embeddedLuas]) {
  test(`${engine}: two programs at a time, and the profiler, took no more than there was`, async () => {
    const program = "local t = {} for i = 1, 20000 do t[i] = tostring(i) end";
    const { profile, duration } = await timed(engine, "exact", program, program);
    const whole = profile.nodes.reduce((sum, { self }) => sum + self, profile.overhead);
    expect(whole / 1000).toBeGreaterThan(0);
    expect(whole / 1000).toBeLessThanOrEqual(duration);
  });
}

/** Siblings come in the order of their places, of which each test says only what is below what. */
function sorted(lines: readonly string[]): string[] {
  const paths: string[] = [];
  const open: string[] = [];
  for (const line of lines) {
    const depth = (line.length - line.trimStart().length) / 2;
    open.length = depth;
    open.push(line.trim());
    paths.push(open.join(" > "));
  }
  return paths.sort();
}
