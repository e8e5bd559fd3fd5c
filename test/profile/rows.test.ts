import { expect, test } from "vitest";
import { readProfileRows } from "../../src/engine/native/agent/profileRows.js";
import { emptyProfile } from "../../src/profile/merge.js";

const functions = ["function 1\tmain\t0\t0\t\t/p/a.lua", "function 2\tC\t0\t0\tstring.rep\t"];
const rows = [...functions, "node 1 0 1 10 0 1 - 3:12", "node 2 1 2 5 0 4 -", "overhead 7"];

test("rows of an agent are a profile, whose lines never have more than the whole", () => {
  const { nodes, overhead } = readProfileRows(rows);
  expect(nodes).toEqual([
    { fn: 0, parent: -1, self: 12, samples: 0, calls: 1, allocated: null, lines: [[3, 12]] },
    { fn: 1, parent: 0, self: 5, samples: 0, calls: 4, allocated: null, lines: [] },
  ]);
  expect(overhead).toBe(7);
});

test.for([
  ["a function that is not there", "node 3 1 9 1 0 1 -"],
  ["a caller that comes later", "node 3 7 1 1 0 1 -"],
  ["what is no number", "node 3 1 1 x 0 1 -"],
  ["lines that are none", "node 3 1 1 1 0 1 - 4"],
])("with %s it was not written by an agent, and does not count", ([, row]) => {
  expect(readProfileRows([...rows, row ?? ""])).toBe(emptyProfile);
});
