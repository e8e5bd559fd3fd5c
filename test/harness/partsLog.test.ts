import fc from "fast-check";
import { expect, test } from "vitest";
import type { PartNews, RestNews } from "../../src/engine/news.js";
import {
  clearPartsLog,
  createPartsLog,
  createPartsReading,
  createPartsWriting,
} from "../../src/harness/run/embedded/telling/partsLog.js";

const names = fc.array(fc.string({ unit: "binary", maxLength: 30 }), { maxLength: 3 });
const counts = fc
  .array(fc.tuple(fc.constantFrom("/src/a.lua", "3,4 /src/ä.lua", "k\0"), fc.uint8Array({ maxLength: 20 })))
  .map((all) => ({
    keys: all.map(([key]) => key),
    ends: all.map((_, index) => all.slice(0, index + 1).reduce((sum, [, runs]) => sum + runs.length, 0)),
    runs: Uint8Array.from(all.flatMap(([, runs]) => [...runs])),
  }));
const news: fc.Arbitrary<PartNews | RestNews> = fc.oneof(
  fc.record({
    kind: fc.constant("ran" as const),
    part: fc.oneof(
      fc.constant({ kind: "outside" as const }),
      fc.record({ kind: fc.constant("block" as const), lines: fc.constant("0,3"), names }),
    ),
    counts,
  }),
  fc.record({ kind: fc.constant("rest" as const), counts }),
);

test("what is told of parts is read as it was, each once, however often it is asked for", () => {
  fc.assert(
    fc.property(fc.array(fc.array(news)), (told) => {
      const log = createPartsLog();
      const [write, read] = [createPartsWriting(log), createPartsReading(log)];
      for (const some of told) {
        for (const each of some) expect(write(each)).toBe(true);
        expect([...read()]).toEqual(some);
      }
    }),
  );
});

const one: PartNews = {
  kind: "ran",
  part: { kind: "test", file: "a_spec.lua", line: 3, lines: "0", names: ["x".repeat(1000)] },
  counts: { keys: ["/src/a.lua"], ends: [3], runs: Uint8Array.of(1, 2, 3) },
};

test("where there is no room for one, there is none for those behind it, until another job begins", () => {
  const log = createPartsLog();
  const [write, read] = [createPartsWriting(log), createPartsReading(log)];
  let count = 0;
  while (write(one)) count++;
  expect(count).toBeGreaterThan(500);
  expect(write({ ...one, part: { kind: "outside" } })).toBe(false);
  const told = [...read()];
  expect([told.length, told[0], told.at(-1)]).toEqual([count, one, one]);
  clearPartsLog(log);
  expect(createPartsWriting(log)(one)).toBe(true);
  expect([...createPartsReading(log)()]).toEqual([one]);
});
