import path from "node:path";
import { expect, test } from "vitest";
import { coverChange } from "../../src/change/covered.js";
import { makeFolder } from "../support/folder.js";
import { measure } from "../support/measure.js";

const source = `local a = 1
if a == 1
  and a
then
  a = 2
elseif a
  or a then
  a = 3
end
while a
  < 0
do
  a = 1
end
repeat a = 1 until a
  == 1
for i = 1,
  a do a = i end
local t = { a and
  1 }
`;

/** A changed line, and the ways on that it touches. */
const touched: readonly (readonly [line: number, ways: readonly string[]])[] = [
  [1, []],
  [2, ["2->then", "2->else", "2->#1"]],
  [3, ["3->then", "3->else", "3->#2"]],
  [4, []],
  [5, []],
  [6, ["6->then", "6->else", "6->#1"]],
  [7, ["7->then", "7->else", "7->#2"]],
  [8, []],
  [10, ["10->body", "10->end"]],
  [11, ["11->body", "11->end"]],
  [13, []],
  [15, ["15->body", "15->end"]],
  [16, ["16->body", "16->end"]],
  [17, ["17->body", "17->end"]],
  [18, ["18->body", "18->end"]],
  [19, ["19->#1"]],
  [20, ["20->#2"]],
];

test.for(touched)("a change of line %i touches the ways on from what it decides", ([line, ways]) => {
  const file = path.join(makeFolder({ "m.lua": source }), "m.lua");
  const coverage = { [file]: { ...measure(source).coverage, path: file } };
  const change = { since: "main", files: new Map([[file, [{ first: line, last: line }]]]) };
  const { files } = coverChange(change, coverage, () => true);
  const found = files.flatMap(({ branches }) => branches.map((way) => `${way.line}->${way.to}`));
  expect(found.sort()).toEqual([...ways].sort());
});
