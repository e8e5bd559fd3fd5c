import fc from "fast-check";
import { expect, test } from "vitest";
import { addRuns, runsOf, sumOfRuns } from "../../src/hits/byTest/runs.js";

const counters = fc.array(fc.oneof(fc.constant(0), fc.nat(3), fc.maxSafeNat()), { maxLength: 400 });

function listOf(runs: Uint8Array | null, length: number): number[] {
  const list = Array.from({ length }, () => 0);
  if (runs !== null) addRuns(list, runs);
  return list;
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
