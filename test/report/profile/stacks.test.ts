import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyProfile } from "../../../src/profile/merge.js";
import { wholeOf } from "../../../src/profile/tree.js";
import { collapsedStacks } from "../../../src/report/profile/collapsed.js";
import { cpuProfile } from "../../../src/report/profile/cpuProfile.js";
import { speedscopeFile } from "../../../src/report/profile/speedscope.js";
import type { Profile } from "../../../src/types.js";
import { anyProfile, lua, other, profileOf } from "../../support/profiles.js";

const main = other("main", null, "/p/main.lua");
const parse = lua("parse", "/p/src/it's #1.lua", 12, 40);
const known = profileOf([
  [
    main,
    5,
    {},
    [
      [
        parse,
        30,
        {
          lines: [
            [13, 20],
            [14, 10],
          ],
        },
        [[other("C", "a;b\n c"), 0, {}, [[parse, 7]]]],
      ],
    ],
  ],
]);

test("collapsed stacks are words, a line for each that took time", () => {
  expect(collapsedStacks(known, "/p")).toBe(
    [
      "(main_chunk)@main.lua 5",
      "(main_chunk)@main.lua;parse@src/it's_#1.lua:12 30",
      "(main_chunk)@main.lua;parse@src/it's_#1.lua:12;a:b\\n_c@[C];parse@src/it's_#1.lua:12 7",
      "",
    ].join("\n"),
  );
});

test("a CPU profile is V8's: lines of functions from 0, of ticks from 1, files as URLs", () => {
  const { nodes, ...rest } = cpuProfile(known);
  expect(nodes.slice(0, 3)).toEqual([
    {
      id: 1,
      callFrame: { functionName: "(root)", scriptId: "0", url: "", lineNumber: -1, columnNumber: -1 },
      hitCount: 0,
      children: [2],
    },
    {
      id: 2,
      callFrame: {
        functionName: "(main chunk)",
        scriptId: "1",
        url: "file:///p/main.lua",
        lineNumber: 0,
        columnNumber: 0,
      },
      hitCount: 5,
      children: [3],
    },
    {
      id: 3,
      callFrame: {
        functionName: "parse",
        scriptId: "2",
        url: "file:///p/src/it's%20%231.lua",
        lineNumber: 11,
        columnNumber: 0,
      },
      hitCount: 30,
      children: [4],
      positionTicks: [
        { line: 13, ticks: 20 },
        { line: 14, ticks: 10 },
      ],
    },
  ]);
  expect(rest).toEqual({ startTime: 0, endTime: 42, samples: [2, 3, 5, 1], timeDeltas: [0, 5, 30, 7] });
});

test("the address of a file whose name is not UTF-8 has its bytes", () => {
  const [, node] = cpuProfile(profileOf([[lua("f", "/p/\udce9 é.lua", 1), 1]])).nodes;
  expect(decodeURIComponent(node?.callFrame.url.replace("%E9", "?") ?? "")).toBe("file:///p/? é.lua");
});

test("speedscope gets frames once, and stacks with their weights", () => {
  const { shared, profiles } = speedscopeFile(known, "/p");
  expect(shared.frames).toEqual([
    { name: "(main chunk)", file: "main.lua" },
    { name: "parse", file: "src/it's #1.lua", line: 12 },
    { name: "a;b\\n c" },
  ]);
  expect(profiles).toEqual([
    {
      type: "sampled",
      name: "luacov-ts",
      unit: "microseconds",
      startValue: 0,
      endValue: 42,
      samples: [[0], [0, 1], [0, 1, 2, 1]],
      weights: [5, 30, 7],
    },
  ]);
});

describe("of a program that recurses deeply", () => {
  const nodes = Array.from({ length: 20_000 }, (_, index) => {
    return { fn: 0, parent: index - 1, self: 1, samples: 0, calls: 1, allocated: null, lines: [] };
  });
  const deep: Profile = { ...emptyProfile, functions: [parse], nodes };

  test("stacks end with what stands for those below", () => {
    const last = collapsedStacks(deep, "/p").trimEnd().split("\n").at(-1) ?? "";
    expect(last).toMatch(/;\(deeper_calls\)@\[C\] 19800$/);
    expect(speedscopeFile(deep, "/p").profiles[0]?.weights.at(-1)).toBe(19_800);
  });

  test("a CPU profile has all of them, as it has no stacks", () => {
    expect(cpuProfile(deep).nodes).toHaveLength(20_001);
  });
});

describe("of any profile, the whole is", () => {
  const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
  const law = (name: string, holds: (profile: Profile, whole: number) => void) =>
    test(name, () => fc.assert(fc.property(anyProfile, (profile) => holds(profile, wholeOf(profile)))));

  law("the sum of collapsed stacks, each of which can be read", (profile, whole) => {
    const lines = collapsedStacks(profile, "/p").split("\n").slice(0, -1);
    // As flamegraph.pl takes a line apart.
    const counts = lines.map((line) => /^([^ ]+) (\d+)$/.exec(line)?.[2] ?? "none");
    expect(sum(counts.map(Number))).toBe(whole);
  });

  law("the sum of a CPU profile's deltas, and of its hits", (profile, whole) => {
    const { nodes, samples, timeDeltas, startTime, endTime } = cpuProfile(profile);
    expect([sum(timeDeltas), sum(nodes.map(({ hitCount }) => hitCount)), endTime - startTime]).toEqual([
      whole,
      whole,
      whole,
    ]);
    expect(samples).toHaveLength(timeDeltas.length);
    const ids = nodes.map(({ id }) => id);
    expect(nodes.flatMap(({ children }) => children).toSorted((a, b) => a - b)).toEqual(ids.slice(1));
    for (const id of samples) expect(ids).toContain(id);
  });

  law("the sum of speedscope's weights", (profile, whole) => {
    const { profiles, shared } = speedscopeFile(profile, "/p");
    const [sampled] = profiles;
    expect([sum(sampled?.weights ?? []), sampled?.endValue]).toEqual([whole, whole]);
    expect(sampled?.samples).toHaveLength(sampled?.weights.length ?? -1);
    for (const frame of sampled?.samples.flat() ?? []) expect(shared.frames[frame]).toBeDefined();
  });
});
