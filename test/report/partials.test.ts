import { expect, test } from "vitest";
import { findPartials } from "../../src/report/partials.js";
import { measure } from "../support/measure.js";

function partialsOf(source: string): string[] {
  const { coverage, outcome } = measure(source);
  expect(outcome.results[0]?.message).toBe("");
  return findPartials(coverage, Buffer.from(source)).map(({ line, text }) => `${line}: ${text}`);
}

test.each<[string, string, string[]]>([
  ["an if that was never true", "local x = 1\nif x == nil then x = 2 end", ['2: "x == nil" was never true']],
  ["an if that was never false", "local x = 1\nif x then x = 2 end", ['2: "x" was never false']],
  [
    "an elseif",
    "local x = 1\nif x == 2 then x = 3\nelseif x == 1 then x = 4 end",
    ['2: "x == 2" was never true', '3: "x == 1" was never false'],
  ],
  [
    "an elseif that was never evaluated",
    "local x = 1\nif x then x = 2\nelseif x == 3 and (x or nil) then x = 4 end",
    ['2: "x" was never false', '3: "x == 3 and (x or nil)" was never evaluated'],
  ],
  ["both ways", "for i = 1, 2 do if i == 1 then local x = i end end", []],
  ["never reached", "local function f(x) if x then return 1 end end", []],
  ["while", "local x\nwhile x do x = nil end", ['2: "x" was never true']],
  ["a while that is left by break", "local x = 1\nwhile x do break end", ['2: "x" was never false']],
  ["repeat", "local x\nrepeat x = 1 until x", ['2: "x" was never false']],
  ["a for without rounds", "for i = 1, 0 do local x = i end", ["1: the body of the loop was never entered"]],
  ["a for that never ends", "for i = 1, 2 do break end", ["1: the loop never ran to its end"]],
  [
    "operands",
    "local a, b, c = 1, nil, nil\nlocal d = a and b or c or {}\nif a or\n  b then c = 1 end",
    [
      '2: "a" was never false',
      '2: "b" was never true',
      '2: "c" was never true',
      '3: "a or b" was never false',
      '3: "a" was never false',
      '4: "b" was never evaluated',
    ],
  ],
  ["a constant operand has but one truth", 'local a\nlocal b = a or "none"', ['2: "a" was never true']],
  [
    "a long condition is cut, and on one line",
    `local x = 1\nif x ==\n  "${"long ".repeat(20)}" then x = 9 end`,
    [`2: "x == "${"long ".repeat(10)}lon…" was never true`],
  ],
])("%s", (_name, source, expected) => {
  expect(partialsOf(source)).toEqual(expected);
});

test("multi-byte text before an operand does not shift its text", () => {
  const source = 'local s = "äöü😀" local t = (s == "äöü") and s or "ß"';
  expect(partialsOf(source)).toEqual(['1: "s == "äöü"" was never true', '1: "s" was never evaluated']);
});

test("a file that is no longer what was measured is not quoted", () => {
  const { coverage } = measure("local x = 1\nif x then x = 2 end");
  expect(findPartials(coverage, new Uint8Array())).toEqual([
    { line: 2, text: "the condition was never false" },
  ]);
});
