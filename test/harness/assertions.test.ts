import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { testWith } from "../support/tools.js";
import { differences, runBoth, runOurs } from "./assertions/compare.js";

const programs = path.join(import.meta.dirname, "assertions");
const testWithLuassert = testWith("lua5.3", "luassert");
const position = /<program>:(\d+): /;

describe("our assertions and luassert say the same", () => {
  for (const program of readdirSync(programs).filter((each) => each.endsWith(".lua"))) {
    testWithLuassert(program, () => {
      const both = runBoth(path.join(programs, program));
      expect(Object.keys(both.theirs).length).toBeGreaterThan(30);
      expect(differences(both)).toEqual({});
    });
  }
});

// In CI the same cases every time, as for the other generated tests.
const seed = process.env.CI === undefined ? 1 + Math.floor(Math.random() * 1e6) : 20_261_121;

testWithLuassert(`random assertions give the same, from ${seed}`, () => {
  const both = runBoth(path.join(programs, "generated/program.lua"), String(seed));
  expect(Object.keys(both.theirs).length).toBe(2000);
  expect(differences(both)).toEqual({});
});

testWithLuassert("where luassert names a line of its own, ours is the user's", () => {
  const program = path.join(programs, "misuse.lua");
  const lines = readFileSync(program, "utf8").split("\n");
  const { ours } = runBoth(program);
  for (const [name, text] of Object.entries(ours)) {
    const line = Number(position.exec(text)?.[1] ?? Number.NaN);
    expect(lines[line - 1], name).toContain(`try("${name}", `);
  }
});

/** What differs on purpose and cannot be compared: luassert crashes, or what it does varies from run to run. */
test.for<[why: string, code: string, expected: string]>([
  [
    "mock.clear and mock.revert overflow the stack on a table that contains itself",
    `local mock, t = require "luassert.mock", { f = print }
     t.self = t
     return mock.clear(mock(t)) == t, mock.revert(t) == t, t.f == print`,
    "returns true true true",
  ],
  [
    "two spies on one function are reverted in any order, the wrong one included",
    `local assert, spy, t = require "luassert", require "luassert.spy", { f = print }
     local snapshot = assert:snapshot()
     for _ = 1, 20 do spy.on(t, "f") end
     snapshot:revert()
     return t.f == print`,
    "returns true",
  ],
  [
    "marks are red on a terminal, but messages end up in files, too",
    `return require "luassert":get_parameter "TableErrorHighlightColor"`,
    'returns "none"',
  ],
  [
    "a color of nil is an error",
    `local assert = require "luassert"
     assert:set_parameter("TableErrorHighlightColor", nil)
     local _, message = pcall(assert.same, { 1 }, { 2 })
     return message:match "%*%[1%]"`,
    'returns "*[1]"',
  ],
  [
    "colors come from lua-term, which may not be there",
    `local assert = require "luassert"
     assert:set_parameter("TableErrorHighlightColor", "bright.red.unknown")
     local _, message = pcall(assert.same, { 1 }, { 2 })
     return message:match "\x1b.-%[1%]"`,
    'returns "\x1b[31m\x1b[1m*\x1b[0m\x1b[0m[1]"',
  ],
  [
    "a chain with a key that is no string is an error of luassert's own",
    `require "luassert"[5](1)`,
    `raises "<program>:LINE: luassert: unknown modifier/assertion: '5'"`,
  ],
])("where luassert differs: %s", ([, code, expected]) => {
  const text = runOurs(`try("case", function() ${code}\nend)`).case;
  expect(text?.replace(/<program>:\d+/, "<program>:LINE")).toBe(expected);
});
