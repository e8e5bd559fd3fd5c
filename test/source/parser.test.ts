import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import fastGlob from "fast-glob";
import { describe, expect, test } from "vitest";
import { runsOf } from "../support/runs.js";
import { testWith } from "../support/tools.js";
import { differences, differencesBy, judges } from "./judge.js";
import { texts } from "./texts.js";

const root = path.join(import.meta.dirname, "../..");

describe.each(judges)("Lua %s", (version, judge) => {
  test("says the same of texts that the Luas judge differently", () => {
    expect(differences(texts, version, judge)).toEqual([]);
  });

  test("says the same of texts that were cut and mixed", { timeout: 300_000 }, () => {
    const property = fc.property(damagedText, (text) => {
      expect(differences([text], version, judge)).toEqual([]);
    });
    fc.assert(property, { numRuns: runsOf(300) });
  });
});

testWith("luajit")("LuaJIT says the same of these texts, and of some that were cut and mixed", () => {
  const damaged = fc.sample(damagedText, runsOf(300));
  expect(differencesBy("luajit", [...texts, ...damaged], "LuaJIT")).toEqual([]);
});

const files = fastGlob.sync(["src/lua/**/*.lua", "examples/**/*.lua", "bench/**/*.lua", "test/**/*.lua"], {
  cwd: root,
});
const sources = files
  .map((file) => readFileSync(path.join(root, file), "latin1"))
  .filter((text) => !/[\x80-\xff\0]/.test(text) && !text.startsWith("#"));

// biome-ignore format: a table
const pieces = [
  "end", "do", "local", "x", "=", "(", ")", "{", "}", "if", "then", "else", "goto", "::", "l", "break", "return", "function", "...", "'s'",
  "1", ",", ";", "..", "not", "-", "for", "in", "while", "repeat", "until", "<const>", "<close>", "global", "*", ":", ".", "[", "]", "3x", "1e",
  "'\\q'", "'\\300'", "'\\xZZ'", "'\\u{}'", "'abc", "[[a", "[=[", "[=", "--[[x", "@", "//", "~", "<<", "a.b:c", '"\\z  x"', "nil", "and", "<", "::a::",
  "goto a", "global x", "local x <const> = 1", "x = 2",
];

/** Lines of a real source, with words taken out, put in or exchanged. */
const damagedText = fc
  .record({
    source: fc.constantFrom(...sources),
    first: fc.nat(400),
    count: fc.integer({ min: 1, max: 30 }),
    damages: fc.array(
      fc.record({ at: fc.nat(), other: fc.nat(), piece: fc.option(fc.constantFrom(...pieces)) }),
      { maxLength: 3 },
    ),
  })
  .map(({ source, first, count, damages }) => {
    const lines = source.split("\n");
    const start = first % lines.length;
    const words = lines
      .slice(start, start + count)
      .join("\n")
      .split(/(\s+|\b)/);
    for (const { at, other, piece } of damages) damage(words, at % words.length, other % words.length, piece);
    return words.join("");
  });

function damage(words: string[], at: number, other: number, piece: string | null): void {
  if (piece !== null) words.splice(at, 0, ` ${piece} `);
  else [words[at], words[other]] = [words[other] ?? "", ""];
}
