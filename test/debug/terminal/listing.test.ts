import fc from "fast-check";
import { expect, test } from "vitest";
import { colorsOf } from "../../../src/colors.js";
import { listing } from "../../../src/debug/terminal/listing.js";
import { sourceText } from "../../../src/debug/terminal/sources.js";

const plain = colorsOf({ isTTY: false });

/** Words in brackets in place of colours. */
const named = Object.fromEntries(
  ["magenta", "cyan", "green", "gray", "blue", "red", "bold"].map((color) => [
    color,
    (text: string | number | null | undefined) => `<${color} ${text}>`,
  ]),
);

const source = sourceText(
  Buffer.from(`local name = "é" -- who
local function greet(times)
  return name .. [[
 hello
]], print(times, 12, nil)
end`),
);

test("the current line has an arrow, and lines with breakpoints a star", () => {
  const shown = listing(source, { from: 1, to: 9, current: 3, marked: new Set([2, 3]) }, plain);
  expect(`\n${shown.join("\n")}\n`).toBe(`
    1   local name = "é" -- who
    2 * local function greet(times)
=>  3 *   return name .. [[
    4    hello
    5   ]], print(times, 12, nil)
    6   end
`);
});

test("words, literals and comments have colours, also over several lines", () => {
  const shown = listing(source, { from: 1, to: 5, current: null, marked: new Set() }, { ...plain, ...named });
  expect(`\n${shown.join("\n")}\n`).toBe(`
    1   <magenta local> name = <green "é"> <gray -- who>
    2   <magenta local> <magenta function> <blue greet>(times)
    3     <magenta return> name .. <green [[>
    4   <green  hello>
    5   <green ]]>, <blue print>(times, <cyan 12>, <cyan nil>)
`);
});

test("what is no Lua has no colours, and what a terminal would obey is shown", () => {
  const text = sourceText(Buffer.from("a \u001b[2J b\r\nc = = \u0007\n\rd"));
  const shown = listing(text, { from: 1, to: 3, current: null, marked: new Set() }, { ...plain, ...named });
  expect(shown).toEqual(["    1   a  b", "    2   c = = \\x07", "    3   d"]);
});

test("of a thousand lines numbers are as wide as the last that is shown", () => {
  const text = sourceText(Buffer.from("x()\n".repeat(1200)));
  const shown = listing(text, { from: 999, to: 1000, current: 1000, marked: new Set() }, plain);
  expect(shown).toEqual(["   999   x()", "=>1000   x()"]);
});

const pieces = [
  "local x",
  "=",
  "'é'",
  "[==[",
  "]==]",
  "--[[",
  "]]",
  "-- c",
  "f()",
  "12",
  " ",
  "\t",
  "\n",
  "\r\n",
  "\u0000",
];

test("of any text the lines are the text, and colours lie in them one behind the other", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => {
      const bytes = Buffer.from(parts.join(""));
      const { lines } = sourceText(bytes);
      const whole = bytes.toString("latin1").replaceAll("\r\n", "\n");
      expect(lines.map(({ text }) => `${text}\n`).join("")).toBe(
        /(^|\n)$/.test(whole) ? whole : `${whole}\n`,
      );
      for (const { text, colored } of lines) {
        const places = colored.flatMap(({ start, end }) => [start, end]);
        expect([0, ...places, text.length]).toEqual([0, ...places, text.length].toSorted((a, b) => a - b));
      }
    }),
  );
});
