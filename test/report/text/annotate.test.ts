import pico from "picocolors";
import { expect, test } from "vitest";
import { annotated } from "../../../src/report/text/annotate.js";
import type { Profile } from "../../../src/types.js";
import { measure } from "../../support/measure.js";
import { lua, other, profileOf } from "../../support/profiles.js";

const source = "local n = 0\nfor i = 1, 3 do\n  n = n + i\nend\nif n > 10 then\n  error(n)\nend\n";
const known = profileOf([
  [
    other("main", null, "/p/a.lua"),
    960_000,
    {
      lines: [
        [1, 5],
        [2, 20_000],
        [3, 939_995],
      ],
    },
  ],
  [lua("f", "/p/a.lua", 3), 10_000, { lines: [[2, 10_000]] }],
  [lua("f", "/p/b.lua", 1), 30_000, { lines: [[1, 30_000]] }],
]);

function shown(profile: Profile | null, colors = pico.createColors(false)): readonly string[] {
  const file = { ...measure(source).coverage, path: "/p/a.lua" };
  return annotated(file, Buffer.from(source), "a.lua", colors, profile);
}

test("without a profile there are hits alone", () => {
  expect(shown(null).slice(0, 5)).toEqual([
    expect.stringMatching(/^a\.lua: \d+ of \d+ lines, .* functions$/),
    "",
    "  1 1 | local n = 0",
    "  2 1 | for i = 1, 3 do",
    "  3 3 |   n = n + i",
  ]);
});

test("with a profile there are times and their shares beside the hits, of all functions in the file", () => {
  const [heading, ...lines] = shown(known);
  expect(heading).toMatch(/ functions, 970 ms \(97\.0 %\) of 1\.00 s$/);
  expect(lines).toEqual([
    "",
    "  1 1    5 µs   0.0 % | local n = 0",
    "  2 1 30.0 ms   3.0 % | for i = 1, 3 do",
    "  3 3  940 ms  94.0 % |   n = n + i",
    "  4                   | end",
    "? 5 1                 | if n > 10 then",
    expect.stringMatching(/^ {22}\| \^ /),
    "! 6 0                 |   error(n)",
    "  7                   | end",
  ]);
});

test("times are red where they are hot, and yellow where they are warm", () => {
  const lines = shown(known, pico.createColors(true)).map((line) => line.replaceAll("\u001b", "^"));
  const times = lines.slice(2, 5).map((line) => line.split(" |")[0]);
  expect(times).toEqual([
    "  1 1    5 µs   0.0 %",
    "  2 1^[33m 30.0 ms   3.0 %^[39m",
    "  3 3^[1m^[31m  940 ms  94.0 %^[39m^[22m",
  ]);
});

test("a profile that has nothing of the file says so", () => {
  const [heading, , first] = shown(profileOf([[lua("f", "/p/b.lua", 1), 7]]));
  expect([heading, first]).toEqual([
    expect.stringMatching(/, 0 µs \(0\.0 %\) of 7 µs$/),
    "  1 1 | local n = 0",
  ]);
});
