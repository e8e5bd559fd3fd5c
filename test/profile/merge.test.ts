import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyProfile, mergeProfiles } from "../../src/profile/merge.js";
import { wholeOf } from "../../src/profile/tree.js";
import { anyProfile, lua, other, profileOf } from "../support/profiles.js";

const main = other("main", null, "/p/main.lua");
const [f, g] = [lua("f", "/p/a.lua", 1, 5), lua("g", "/p/a.lua", 7)];
const print = other("C", "print");

test("what two programs have in common is added, the rest stands beside it", () => {
  const one = profileOf(
    [
      [
        main,
        10,
        {},
        [
          [g, 5, { lines: [[7, 5]] }],
          [f, 1, {}, [[print, 2]]],
        ],
      ],
    ],
    { sampling: [{ samples: 3, interval: 1000, unit: "microseconds" }], overhead: 7 },
  );
  const two = profileOf(
    [
      [
        main,
        1,
        { calls: null },
        [
          [
            g,
            6,
            {
              calls: 4,
              lines: [
                [7, 2],
                [8, 4],
              ],
            },
          ],
          [print, 9],
        ],
      ],
    ],
    {
      sampling: [
        { samples: 2, interval: 1000, unit: "microseconds" },
        { samples: 1, interval: 500, unit: "instructions" },
      ],
    },
  );
  const sum = mergeProfiles([one, two]);
  expect(sum.functions).toEqual([f, g, main, print]);
  expect(
    sum.nodes.map(({ fn, parent, self, calls }) => [sum.functions[fn]?.name, parent, self, calls]),
  ).toEqual([
    [null, -1, 11, null],
    ["f", 0, 1, 1],
    ["print", 1, 2, 1],
    ["g", 0, 11, 5],
    ["print", 0, 9, 1],
  ]);
  expect(sum.nodes[3]?.lines).toEqual([
    [7, 7],
    [8, 4],
  ]);
  expect(sum.sampling).toEqual([
    { samples: 1, interval: 500, unit: "instructions" },
    { samples: 5, interval: 1000, unit: "microseconds" },
  ]);
  expect(sum.overhead).toBe(7);
});

test.for([
  ["kind", { ...f, kind: "main" as const }],
  ["name", { ...f, name: "h" }],
  ["file", { ...f, file: "/p/b.lua" }],
  ["first line", { ...f, line: 2 }],
  ["last line", { ...f, lastLine: 6 }],
] as const)("functions of another %s are others", ([, fn]) => {
  expect(mergeProfiles([profileOf([[f, 1]]), profileOf([[fn, 1]])]).functions).toHaveLength(2);
});

test("programs that recurse deeply can be merged", () => {
  const depth = 100_000;
  const nodes = Array.from({ length: depth }, (_, index) => {
    return { fn: 0, parent: index - 1, self: 1, samples: 0, calls: 1, allocated: null, lines: [] };
  });
  const deep = { ...emptyProfile, functions: [f], nodes };
  expect(mergeProfiles([deep, deep]).nodes.at(-1)).toMatchObject({ parent: depth - 2, self: 2, calls: 2 });
});

describe("merging", () => {
  test("is associative", () => {
    fc.assert(
      fc.property(anyProfile, anyProfile, anyProfile, (a, b, c) => {
        const left = mergeProfiles([mergeProfiles([a, b]), c]);
        expect(left).toEqual(mergeProfiles([a, mergeProfiles([b, c])]));
        expect(left).toEqual(mergeProfiles([a, b, c]));
      }),
    );
  });

  test("does not depend on the order, and nothing changes nothing", () => {
    fc.assert(
      fc.property(anyProfile, anyProfile, (a, b) => {
        expect(mergeProfiles([a, b])).toEqual(mergeProfiles([b, a]));
        expect(mergeProfiles([a, emptyProfile])).toEqual(mergeProfiles([a]));
      }),
    );
  });

  test("loses no time, and gives each call once, behind its caller", () => {
    fc.assert(
      fc.property(anyProfile, anyProfile, (a, b) => {
        const { nodes } = mergeProfiles([a, b]);
        expect(wholeOf({ nodes })).toBe(wholeOf(a) + wholeOf(b));
        expect(new Set(nodes.map(({ fn, parent }) => `${parent} ${fn}`)).size).toBe(nodes.length);
        expect(nodes.every(({ parent }, index) => parent < index)).toBe(true);
      }),
    );
  });
});
