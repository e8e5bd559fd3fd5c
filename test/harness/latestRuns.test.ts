import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { LatestRuns } from "../../src/harness/record/affected.js";
import { noHits } from "../../src/hits/sum.js";
import type { Outcome } from "../../src/types.js";
import { makeFolder } from "../support/folder.js";

function outcomeOf(file: string, loaded: readonly string[]): Outcome {
  return {
    file,
    loaded,
    ...{ exit: { kind: "returned" }, round: 1, lua: null, duration: 1, hits: noHits, interrupted: false },
    ...{ results: [], notFiles: [], unloaded: [], limits: [] },
  };
}

/** Two test files, each with a source, in a suite that has run. */
function suite() {
  const folder = makeFolder({ a: "", b: "", "a.lua": "1", "b.lua": "1" });
  const [a, b, sourceOfA, sourceOfB] = ["a", "b", "a.lua", "b.lua"].map((name) => path.join(folder, name));
  if (a === undefined || b === undefined || sourceOfA === undefined || sourceOfB === undefined)
    throw new Error("four names");
  const runs = new LatestRuns(false);
  const outcomes = { [a]: outcomeOf(a, [sourceOfA]), [b]: outcomeOf(b, [sourceOfB]) };
  const end = (files: readonly string[]) => runs.end(files.flatMap((file) => outcomes[file] ?? []));
  runs.begin([a, b], [a, b], []);
  end([a, b]);
  const affected = (...changed: readonly string[]) => runs.affected([a, b], changed).tests;
  return { runs, a, b, sourceOfA, sourceOfB, end, affected };
}

test("what is edited between a decision and its run is no part of what others have seen", () => {
  const { runs, a, b, sourceOfA, sourceOfB, end, affected } = suite();
  expect(affected()).toEqual([]);
  writeFileSync(sourceOfA, "2");
  expect(affected(sourceOfA)).toEqual([a]);
  writeFileSync(sourceOfB, "2");
  runs.begin([a, b], [a], [sourceOfA]);
  end([a]);
  expect(affected(sourceOfA, sourceOfB)).toEqual([b]);
});

test("what was left out by an early end runs with the next change, whatever that is", () => {
  const { runs, a, b, end, affected } = suite();
  runs.begin([a, b], [a, b], []);
  end([a]);
  expect(affected()).toEqual([]);
  const other = path.join(path.dirname(a), "README");
  writeFileSync(other, "1");
  expect(affected(other)).toEqual([b]);
});

test("what changed, and is as it was before, has not changed", () => {
  const { sourceOfA, affected } = suite();
  expect(affected()).toEqual([]);
  writeFileSync(sourceOfA, "2");
  writeFileSync(sourceOfA, "1");
  expect(affected(sourceOfA)).toEqual([]);
});
