import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { callsOf } from "../../src/profile/calls.js";
import { fileTotals, functionTotals } from "../../src/profile/functions.js";
import { limitDepth } from "../../src/profile/limitDepth.js";
import { lineTimes, timesInFile } from "../../src/profile/lines.js";
import { mergeProfiles } from "../../src/profile/merge.js";
import { totalsOf, wholeOf } from "../../src/profile/tree.js";
import type { Profile } from "../../src/types.js";
import { anyProfile, type Call, lua, other, profileOf } from "../support/profiles.js";

const main = other("main", null, "/p/main.lua");
const fib = lua("fib", "/p/fib.lua", 1, 4);
const add = lua("add", "/p/fib.lua", 6);
const print = other("C", "print");

/** main calls fib, which calls itself twice over, and print. */
const inner: Call = [
  fib,
  30,
  {
    calls: 2,
    lines: [
      [2, 10],
      [3, 20],
    ],
  },
  [[add, 4, { calls: 8, allocated: 64 }]],
];
const outer: Call = [fib, 20, { lines: [[3, 20]] }, [inner, [add, 1]]];
const recursion = profileOf([[main, 5, { lines: [[9, 5]] }, [outer, [print, 40, { calls: 3 }]]]]);

function byName<Value>(profile: Profile, pick: (totals: ReturnType<typeof functionTotals>[number]) => Value) {
  return Object.fromEntries(
    functionTotals(profile).map((each) => [each.fn.name ?? each.fn.kind, pick(each)]),
  );
}

test("the total of a recursion is that of its outermost call", () => {
  expect(byName(recursion, ({ self, total, calls }) => [self, total, calls])).toEqual({
    main: [5, 100, 1],
    fib: [50, 55, 3],
    add: [5, 5, 9],
    print: [40, 40, 3],
  });
});

test("what is not known of one call of a function is not known of the function", () => {
  const mixed = profileOf([
    [fib, 1, { calls: null, allocated: 8 }],
    [main, 1, {}, [[fib, 2, { allocated: 4 }]]],
  ]);
  expect(byName(mixed, ({ calls, allocated }) => [calls, allocated])).toEqual({
    fib: [null, 12],
    main: [1, null],
  });
});

test("files have what their functions have, and functions without a file stand together", () => {
  const files = fileTotals(recursion).map(({ file, self, total, calls }) => [file, self, total, calls]);
  expect(files).toEqual([
    ["/p/main.lua", 5, 100, 1],
    ["/p/fib.lua", 55, 55, 12],
    [null, 40, 40, 3],
  ]);
});

test("lines have their times, and functions what is not in a line", () => {
  const { lines, elsewhere } = lineTimes(recursion);
  expect(lines).toEqual([
    { file: "/p/main.lua", line: 9, self: 5 },
    { file: "/p/fib.lua", line: 3, self: 40 },
    { file: "/p/fib.lua", line: 2, self: 10 },
  ]);
  expect(elsewhere.map(({ fn, self }) => [fn.name, self])).toEqual([
    ["add", 5],
    ["print", 40],
  ]);
  expect([...timesInFile(recursion, "/p/fib.lua")]).toEqual([
    [3, 40],
    [2, 10],
  ]);
});

test("who called whom is known with the calls and times", () => {
  const { functions } = recursion;
  const shown = callsOf(recursion).map(
    ({ from, to, total, calls }) => `${functions[from]?.name} ${functions[to]?.name} ${total} ${calls}`,
  );
  expect(shown).toEqual(expect.arrayContaining(["null fib 55 1", "fib fib 34 2", "fib add 5 9"]));
});

test("calls that are too deep stand together, below the last one that is not", () => {
  const lower: Call = [
    fib,
    3,
    {},
    [
      [fib, 4, { calls: 2 }, [[add, 5]]],
      [add, 6],
    ],
  ];
  const deep = profileOf([[main, 1, {}, [[fib, 2, {}, [lower, [add, 7]]]]]]);
  const limited = limitDepth(deep, 2);
  expect(
    limited.nodes.map(({ fn, parent, self, calls }) => [limited.functions[fn]?.name, parent, self, calls]),
  ).toEqual([
    [null, -1, 1, 1],
    ["fib", 0, 2, 1],
    ["(deeper calls)", 1, 25, 6],
  ]);
  expect(limitDepth(deep, 5)).toBe(deep);
});

describe("of any profile", () => {
  const law = (name: string, holds: (profile: Profile) => void) =>
    test(name, () => fc.assert(fc.property(anyProfile, holds)));

  law("functions, files and lines add up to the whole", (profile) => {
    const sum = (parts: readonly { readonly self: number }[]) =>
      parts.reduce((all, { self }) => all + self, 0);
    const { lines, elsewhere } = lineTimes(profile);
    const sums = [sum(functionTotals(profile)), sum(fileTotals(profile)), sum(lines) + sum(elsewhere)];
    expect(sums).toEqual(sums.map(() => wholeOf(profile)));
  });

  law("a total is at least what is in it by itself, and at most the whole", (profile) => {
    const whole = wholeOf(profile);
    for (const { self, total } of [...functionTotals(profile), ...fileTotals(profile)]) {
      expect(total).toBeGreaterThanOrEqual(self);
      expect(total).toBeLessThanOrEqual(whole);
    }
    for (const { total } of callsOf(profile)) expect(total).toBeLessThanOrEqual(whole);
  });

  law("what is at the top has the sum of its tree", (profile) => {
    const totals = totalsOf(profile);
    const roots = profile.nodes.flatMap(({ parent }, index) => (parent === -1 ? [totals[index] ?? 0] : []));
    expect(roots.reduce((sum, total) => sum + total, 0)).toBe(wholeOf(profile));
  });

  law("figures are the same however its calls are split", (profile) => {
    const merged = mergeProfiles([profile]);
    const key = ({ fn, index: _, ...totals }: ReturnType<typeof functionTotals>[number]) =>
      JSON.stringify([fn, totals]);
    expect(functionTotals(profile).map(key).sort()).toEqual(functionTotals(merged).map(key).sort());
  });

  law("nothing is lost below the last level", (profile) => {
    const limited = limitDepth(profile, 2);
    expect(wholeOf(limited)).toBe(wholeOf(profile));
    expect(limited.nodes.every(({ parent }, index) => parent < index)).toBe(true);
  });
});
