import { expect, test } from "vitest";
import type { FileCoverageData } from "../../src/types.js";
import { measure } from "../support/measure.js";

const source = `local function f(a)
  if a then return 1 end

  return 2 -- done
end
f(1) f(1)
`;

/** The hits of each statement by its range. */
function statementsOf({ statementMap, s }: FileCoverageData): string[] {
  return Object.entries(statementMap).map(([key, { start, end }]) => {
    return `${start.line}:${start.column}-${end.line}:${end.column} ${s[key]}`;
  });
}

test("with lines only, each active line is a statement with its visits, and there are no branches", () => {
  const { coverage, outcome } = measure(source, { linesOnly: true });
  expect(statementsOf(coverage)).toEqual(["2:2-2:24 2", "4:2-4:18 0", "5:0-5:3 1", "6:0-6:9 1"]);
  expect([coverage.branchMap, coverage.b, coverage.bT]).toEqual([{}, {}, {}]);
  expect(Object.values(coverage.fnMap).map(({ name }) => name)).toEqual(["f"]);
  expect(Object.values(coverage.f)).toEqual([2]);
  expect(Object.values(outcome.hits.bytecode).flatMap((shapes) => Object.values(shapes))).toMatchObject([
    { instructions: [] },
  ]);
});
