import pico from "picocolors";
import { expect, test } from "vitest";
import { differenceIn } from "../../../src/report/tests/text/difference.js";

const colors = pico.createColors(false);

const luassert = (passed: string, expected: string) =>
  `a.lua:1: Expected objects to be equal.\nPassed in:\n${passed}\nExpected:\n${expected}`;
const luaunit = (expected: string, actual: string) => `a.lua:1: expected: \n${expected}\nactual: \n${actual}`;
const lines = (...texts: string[]) => texts.join("\n");
const numbered = (first: number, last: number) =>
  lines(...Array.from({ length: last - first + 1 }, (_, index) => String(first + index)));
const heading = "- expected  + passed in\n";

const cases: readonly (readonly [what: string, message: string, difference: string | null])[] = [
  ["no two values", "a.lua:1: attempt to index a nil value", null],
  ["two values on a line each", luassert("(number) 1", "(number) 2"), null],
  ["values as LuaUnit writes short ones", "a.lua:1: expected: 1, actual: 2", null],
  [
    "tables, wherever they are in memory",
    luassert(
      lines("(table: 0x1) {", "  [a] = 1", " *[b] = 2", "  [c] = function: 0x2 }"),
      lines("(table: 0x3) {", "  [a] = 1", " *[b] = 3", "  [c] = function: 0x4 }"),
    ),
    lines(`${heading}  (table) {`, "    [a] = 1", "-  *[b] = 3", "+  *[b] = 2", "    [c] = function }"),
  ],
  [
    "texts that LuaUnit compares",
    luaunit(lines('"one', "two", "three", 'four"'), lines('"one', "2", "three", 'four"')),
    lines(`${heading}  "one`, "- two", "+ 2", "  three", '  four"'),
  ],
  [
    "what is far from a difference is left out",
    luassert(numbered(1, 30).replace("2\n", "two\n").replace("17", "seventeen"), numbered(1, 30)),
    lines(
      `${heading}  1`,
      ...["- 2", "+ two", "  3", "  4", "  5", "  ... 8 equal lines", "  14", "  15", "  16"],
      ...["- 17", "+ seventeen", "  18", "  19", "  20", "  ... 10 equal lines"],
    ),
  ],
  [
    "a single line is left out as well",
    luassert(numbered(1, 5).replace("5", "five"), numbered(1, 5)),
    lines(`${heading}  ... 1 equal line`, "  2", "  3", "  4", "- 5", "+ five"),
  ],
  ["values that look alike", luassert(lines("a", "b", "c", "d"), lines("a", "b", "c", "d")), null],
  [
    "values without a line in common, too many to make sense of",
    luassert(
      Array.from({ length: 5000 }, (_, index) => `a${index}`).join("\n"),
      Array.from({ length: 5000 }, (_, index) => `b${index}`).join("\n"),
    ),
    null,
  ],
];

test.for(cases)("%s", ([_, message, difference]) => {
  expect(differenceIn(message, colors)).toBe(difference);
});
