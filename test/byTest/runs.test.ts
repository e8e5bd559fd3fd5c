import fc from "fast-check";
import { expect, test } from "vitest";
import { DistinctRuns } from "../../src/hits/byTest/distinctRuns.js";
import { addRuns, RunsSum, runsOf, sumOfRuns } from "../../src/hits/byTest/runs.js";

const counters = fc.array(fc.oneof(fc.constant(0), fc.nat(3), fc.maxSafeNat()), { maxLength: 400 });

function listOf(runs: Uint8Array | null, length: number): number[] {
  const list = new Float64Array(length);
  if (runs !== null) addRuns(list, runs);
  return [...list];
}

test("counters come back from their runs, and none from nothing but zeros", () => {
  fc.assert(
    fc.property(counters, (list) => {
      expect(listOf(runsOf(list), list.length)).toEqual(list);
      expect(runsOf(list) === null).toBe(list.every((count) => count === 0));
    }),
  );
});

test("the sum of runs is that of the counters", () => {
  const small = fc.array(fc.oneof(fc.constant(0), fc.nat(1000)), { maxLength: 60 });
  fc.assert(
    fc.property(small, small, (a, b) => {
      const sum = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0));
      const none = new Uint8Array();
      expect(listOf(sumOfRuns(runsOf(a) ?? none, runsOf(b) ?? none), sum.length)).toEqual(sum);
    }),
  );
});

test("a sum of runs and single counts is that of the counters, and begins anew once it is taken", () => {
  const counts = fc.array(fc.tuple(fc.nat(600), fc.nat(1000)), { maxLength: 60 });
  const sum = new RunsSum();
  fc.assert(
    fc.property(counters, counts, (list, singles) => {
      const expected = [...list];
      for (const [index] of singles) while (expected.length <= index) expected.push(0);
      for (const [index, count] of singles) expected[index] = (expected[index] ?? 0) + count;
      sum.add(runsOf(list) ?? new Uint8Array());
      for (const [index, count] of singles) sum.count(index, count);
      expect(listOf(sum.take(), expected.length)).toEqual(expected);
    }),
  );
});

test("the same runs have the same number, others another", () => {
  const few = fc.array(fc.uint8Array({ maxLength: 3, max: 2 }), { maxLength: 60 });
  fc.assert(
    fc.property(few, (rows) => {
      const distinct = new DistinctRuns();
      const numbers = rows.map((runs) => distinct.add(runs));
      expect(numbers.map((number) => distinct.all[number])).toEqual(rows);
      expect(distinct.all.length).toBe(new Set(rows.map(String)).size);
    }),
  );
});
