import fc from "fast-check";
import pico from "picocolors";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { profileTable } from "../../../src/report/profile/table/profileTable.js";
import { bytesText, timeText } from "../../../src/report/profile/units.js";
import type { Profile } from "../../../src/types.js";
import { anyProfile, lua, other, profileOf } from "../../support/profiles.js";

const main = other("main", null, "/p/main.lua");
const parse = lua("parse", "/p/src/parser.lua", 12, 40);
const next = lua(null, "/p/src/lexer.lua", 7, 9);
const format = other("C", "string.format");

const known = profileOf(
  [
    [
      main,
      20_000,
      { lines: [[1, 20_000]] },
      [
        [parse, 1_500_000, { calls: 3, lines: [[13, 1_400_000]] }, [[next, 400_000, { calls: 1_000_000 }]]],
        [format, 80_000, { calls: 12 }],
      ],
    ],
  ],
  { overhead: 120_000 },
);

type Options = Partial<Parameters<typeof profileTable>[1]>;

function table(profile: Profile, options: Options = {}): readonly string[] {
  const defaults = { profileBy: "function", profileSort: "self", profileLimit: 20 } as const;
  const lines = profileTable(profile, {
    ...defaults,
    root: "/p",
    maxCols: 0,
    colors: pico.createColors(false),
    ...options,
  });
  return lines.map((line) => line.trimEnd());
}

test("functions have their times, calls and places", () => {
  expect(table(known)).toEqual([
    "Each call measured: 2.00 s in all, without 120 ms that the profiler took",
    "",
    "--------|--------|---------|-----------|----------|----------------------------------",
    "   Self | Self % |   Total |     Calls | Per call | Function",
    "--------|--------|---------|-----------|----------|----------------------------------",
    " 1.50 s |   75.0 |  1.90 s |         3 |   633 ms | parse          src/parser.lua:12",
    " 400 ms |   20.0 |  400 ms | 1,000,000 |   400 ns | (anonymous)    src/lexer.lua:7",
    "80.0 ms |    4.0 | 80.0 ms |        12 |  6.67 ms | string.format  [C]",
    "20.0 ms |    1.0 |  2.00 s |         1 |   2.00 s | (main chunk)   main.lua",
    "--------|--------|---------|-----------|----------|----------------------------------",
  ]);
});

test("below them is what held the memory, the largest first", () => {
  const holders = [
    { path: 'require "app.cache".entries', bytes: 3_145_728, count: 12_001 },
    { path: "settings", bytes: 200_000, count: 1 },
    { path: "other", bytes: 20_000, count: 3 },
  ];
  const lines = table({ ...known, held: { bytes: 4_194_304, holders } }, { profileLimit: 2 });
  expect(lines.slice(lines.indexOf("2 more functions (--profile-limit)") + 1)).toEqual([
    "",
    "Most held when that was looked at: 4.00 MB",
    "",
    "--------|--------|--------|-----------------------------",
    "   Held | Held % | Values | By",
    "--------|--------|--------|-----------------------------",
    '3.00 MB |   75.0 | 12,001 | require "app.cache".entries',
    " 195 KB |    4.8 |      1 | settings",
    "--------|--------|--------|-----------------------------",
    "1 more holder (--profile-limit)",
  ]);
  expect(table({ ...known, held: { bytes: 300, holders: [] } }).at(-1)).toBe(
    "Most held when that was looked at: 300 B",
  );
});

/** The last column, below the header. */
function names(lines: readonly string[]): string[] {
  const rows = lines.filter((line) => line.includes(" | ")).slice(1);
  return rows.map((line) => line.split(" | ").at(-1)?.split(" ")[0] ?? "");
}

test.for([
  ["self", ["parse", "(anonymous)", "string.format", "(main"]],
  ["total", ["(main", "parse", "(anonymous)", "string.format"]],
  ["calls", ["(anonymous)", "string.format", "parse", "(main"]],
  ["name", ["(anonymous)", "(main", "parse", "string.format"]],
] as const)("they are sorted by %s", ([profileSort, expected]) => {
  expect(names(table(known, { profileSort }))).toEqual(expected);
});

test("lines have their own time, and what is in no line stands with its function", () => {
  const lines = table(known, { profileBy: "line" });
  expect(lines.slice(3)).toEqual([
    "   Self | Self % | Line",
    "--------|--------|----------------------------------",
    " 1.40 s |   70.0 | src/parser.lua:13",
    " 400 ms |   20.0 | (anonymous)    src/lexer.lua:7",
    " 100 ms |    5.0 | parse          src/parser.lua:12",
    "80.0 ms |    4.0 | string.format  [C]",
    "20.0 ms |    1.0 | main.lua:1",
    "--------|--------|----------------------------------",
  ]);
});

test("files have what their functions have", () => {
  const rows = table(known, { profileBy: "file" }).filter((line) => line.includes(" | "));
  expect(rows.map((line) => line.split(" | ").map((cell) => cell.trim()))).toEqual([
    ["Self", "Self %", "Total", "Calls", "Per call", "File"],
    ["1.50 s", "75.0", "1.90 s", "3", "633 ms", "src/parser.lua"],
    ["400 ms", "20.0", "400 ms", "1,000,000", "400 ns", "src/lexer.lua"],
    ["80.0 ms", "4.0", "80.0 ms", "12", "6.67 ms", "[no file]"],
    ["20.0 ms", "1.0", "2.00 s", "1", "2.00 s", "main.lua"],
  ]);
});

test("a limit says how many more there are", () => {
  const lines = table(known, { profileLimit: 3 });
  expect([names(lines), lines.at(-1)]).toEqual([
    ["parse", "(anonymous)", "string.format"],
    "1 more function (--profile-limit)",
  ]);
});

test.for<[string, Partial<Profile>]>([
  ["Sampled (1,234 samples, one in 1 ms): 2.00 s in all", { sampling: [by(1234, 1000, "microseconds")] }],
  [
    "Sampled (1 sample, one in 1,000 instructions and 9 samples, one in 500 µs): 2.00 s in all",
    { sampling: [by(1, 1000, "instructions"), by(9, 500, "microseconds")] },
  ],
])("it says how it was measured: %s", ([expected, measured]) => {
  expect(table({ ...known, overhead: 0, ...measured })[0]).toBe(expected);
});

function by<Unit>(samples: number, interval: number, unit: Unit) {
  return { samples, interval, unit };
}

test("what was not measured has no column, and of what was once a dash where it is unknown", () => {
  const sampled = profileOf([
    [main, 10, { calls: null, allocated: 2048 }],
    [parse, 9, { calls: null }],
  ]);
  expect(table(sampled).slice(3)).toEqual([
    " Self | Self % | Total | Allocated | Function",
    "------|--------|-------|-----------|---------------------------------",
    "10 µs |   52.6 | 10 µs |   2.00 KB | (main chunk)  main.lua",
    " 9 µs |   47.4 |  9 µs |         - | parse         src/parser.lua:12",
    "------|--------|-------|-----------|---------------------------------",
  ]);
});

test("a profile of nothing says so", () => {
  const nothing = ["Each call measured: 0 µs in all; nothing ran that was measured"];
  expect(table(profileOf([]))).toEqual(nothing);
});

test("what is hot is red, what is warm yellow", () => {
  const lines = profileTable(known, {
    profileBy: "function",
    profileSort: "self",
    profileLimit: 9,
    root: "/p",
    maxCols: 0,
    colors: pico.createColors(true),
  });
  const colorOf = (name: string) => /\^\[(\d+)m[^^]*$/.exec(before(lines, name))?.[1];
  expect(["parse", "(anonymous)", "string.format", "(main chunk)"].map(colorOf)).toEqual([
    "31",
    "31",
    "33",
    undefined,
  ]);
});

function before(lines: readonly string[], name: string): string {
  const line = lines.find((each) => each.includes(name)) ?? "";
  return line.slice(0, line.indexOf(name)).replaceAll("\u001b", "^");
}

test.for([60, 80, 100])("in %i columns every line fits, whatever the names are", (maxCols) => {
  const wide = { ...parse, name: "long".repeat(30), file: `/p/${"長い名前/".repeat(20)}end.lua` };
  const profile = profileOf([
    [wide, 1_234_567, { allocated: 987_654_321 }],
    [known.functions[1] ?? main, 5, { allocated: 1 }],
  ]);
  const lines = table(profile, { maxCols });
  for (const line of lines.slice(2)) expect(stringWidth(line)).toBeLessThanOrEqual(maxCols);
  expect(lines.join("\n")).toMatch(/longlong\S*… {2}…\S*end\.lua:12/);
});

test("own times of all rows add up to the whole, by whatever it is", () => {
  fc.assert(
    fc.property(anyProfile, fc.constantFrom("function", "file", "line"), (profile, profileBy) => {
      const percents = table({ ...profile, held: null }, { profileBy, profileLimit: 1000 })
        .filter((line) => / \| \s*\d+\.\d /.test(line))
        .map((line) => Number(line.split(" | ")[1]));
      const isNothing = profile.nodes.every(({ self }) => self === 0);
      const sum = percents.reduce((all, each) => all + each, 0);
      expect(Math.abs(sum - (isNothing ? 0 : 100))).toBeLessThan(0.06 * percents.length + 0.01);
    }),
  );
});

test.for([
  [0, "0 µs"],
  [0.34, "340 ns"],
  [0.9996, "1.00 µs"],
  [12.34, "12.3 µs"],
  [999, "999 µs"],
  [1000, "1.00 ms"],
  [9_994, "9.99 ms"],
  [9_995, "10.0 ms"],
  [99_949, "99.9 ms"],
  [99_950, "100 ms"],
  [999_499, "999 ms"],
  [999_500, "1.00 s"],
  [3_600_000_000, "3600 s"],
] as const)("%d microseconds are %s", ([microseconds, text]) => {
  expect(timeText(microseconds)).toBe(text);
});

test.for([
  [0, "0 B"],
  [-2048, "-2.00 KB"],
  [1023, "1023 B"],
  [1024 * 1024 - 1, "1.00 MB"],
  [5 * 1024 ** 4, "5.00 TB"],
  [5000 * 1024 ** 4, "5000 TB"],
] as const)("%i bytes are %s", ([bytes, text]) => {
  expect(bytesText(bytes)).toBe(text);
});
