import fc from "fast-check";
import { expect, test } from "vitest";
import { afterAnswer, beginSearch, nextOf, type Search } from "../../src/order/search.js";
import { runsOf } from "../support/runs.js";

type Holds = (places: readonly number[]) => boolean;

/** The end of a search, and how many questions it took. */
function searched(count: number, holds: Holds): { readonly search: Search; readonly asked: number } {
  let search = beginSearch(count);
  for (let asked = 0; ; asked++) {
    const places = nextOf(search);
    if (places === null) return { search, asked };
    if (asked > 1000) throw new Error("it does not end");
    search = afterAnswer(search, holds(places));
  }
}

const hasAll = (wanted: readonly number[]) => (places: readonly number[]) =>
  wanted.every((place) => places.includes(place));

/** So many tests, and sets of one to four of them of which any is enough. */
const causes = fc.integer({ min: 1, max: 200 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    enough: fc.array(fc.uniqueArray(fc.integer({ min: 0, max: count - 1 }), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
);

test("a search finds tests that are enough, and none of which can be left out", () => {
  fc.assert(
    fc.property(causes, ({ count, enough }) => {
      const holds: Holds = (places) => enough.some((each) => hasAll(each)(places));
      const { search, asked } = searched(count, holds);
      expect(search.state).toBe("found");
      expect(holds(search.needed)).toBe(true);
      for (const left of search.needed)
        expect(holds(search.needed.filter((each) => each !== left))).toBe(false);
      expect(asked).toBeLessThanOrEqual(search.needed.length * (Math.ceil(Math.log2(count)) + 1));
    }),
    { numRuns: runsOf(200) },
  );
});

test.for([
  ["more than four are needed", 9, hasAll([0, 2, 4, 6, 8]), "too many"],
  ["none of them does anything", 5, () => false, "contradicted"],
  ["none of many does anything", 50, () => false, "contradicted"],
  ["the only one does nothing", 1, () => false, "contradicted"],
] as const)("a search has no result where %s", ([, count, holds, state]) => {
  expect(searched(count, holds).search.state).toBe(state);
});
