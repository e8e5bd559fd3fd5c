import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeCoverage } from "../../src/coverage/merge.js";
import { addHits } from "../../src/hits/sum.js";
import type { CoverageMapData, FileCoverageData, Hits } from "../../src/types.js";
import { analyseNow } from "../support/analyse.js";
import { makeFolder } from "../support/folder.js";
import { runProgramIn } from "../support/measure.js";

const module = `local M = {}
function M.f(a, b)
  if a and b or not a then b = 1 elseif b then return 2 end
  for i = 1, a or 0 do if i == b then break end end
  while b and b > 0 do b = b - 1 end
  repeat local c = not b until c or b == 0
  return a and b or M.g
end
function M.g() return M end
return M
`;

/** The hits of one run that calls the module's function with each pair of arguments. */
function hitsOf(folder: string, calls: readonly (readonly [string, string])[]): Hits {
  const lines = calls.map(([a, b]) => `m.f(${a}, ${b})`);
  return runProgramIn(folder, `local m = require "m"\n${lines.join("\n")}`).hits;
}

const argument = fc.constantFrom("nil", "false", "1", "2", "3");
const calls = fc.array(fc.tuple(argument, argument), { maxLength: 6 });

test("the merged maps of two runs are the map of both runs together", () => {
  const folder = makeFolder({ "m.lua": module });
  const map = (hits: Hits) =>
    withoutPrograms(analyseNow(hits.bytecode, [], { root: folder, linesOnly: false }).coverage);
  fc.assert(
    fc.property(calls, calls, (first, second) => {
      const [a, b] = [hitsOf(folder, first), hitsOf(folder, second)];
      expect(inOrder(mergeCoverage([map(a), map(b)]))).toEqual(inOrder(map(addHits(a, b))));
    }),
    { numRuns: 40 },
  );
});

test("merging is associative and commutative, and the sum is one run of everything", () => {
  const folder = makeFolder({ "m.lua": module });
  const options = { root: folder, linesOnly: false };
  const map = (hits: Hits) => withoutPrograms(analyseNow(hits.bytecode, [], options).coverage);
  const unknown = analyseNow({}, [path.join(folder, "m.lua")], options).coverage;
  const run = fc.option(calls, { nil: null, freq: 4 });
  fc.assert(
    fc.property(run, run, run, (...runs) => {
      const hits = runs.map((each) => (each === null ? null : hitsOf(folder, each)));
      // Of a run that did not load the file it is only known.
      const maps = hits.map((each) => (each === null ? unknown : map(each)));
      const ran = hits.filter((each) => each !== null);
      const [a = {}, b = {}, c = {}] = maps;
      const whole = ran.length === 0 ? unknown : map(ran.reduce((sum, each) => addHits(sum, each)));
      const orders = [
        [a, b, c],
        [c, b, a],
        [b, a, c],
        [mergeCoverage([a, b]), c],
        [a, mergeCoverage([b, c])],
        [a, mergeCoverage([c, b])],
      ];
      for (const each of orders) expect(inOrder(mergeCoverage(each))).toEqual(inOrder(whole));
    }),
    { numRuns: 30 },
  );
});

test("a map merged with itself has every count doubled", () => {
  const folder = makeFolder({ "m.lua": module });
  const hits = hitsOf(folder, [
    ["1", "2"],
    ["nil", "3"],
    ["2", "false"],
  ]);
  const { coverage } = analyseNow(hits.bytecode, [], { root: folder, linesOnly: false });
  const twice = analyseNow(addHits(hits, hits).bytecode, [], { root: folder, linesOnly: false }).coverage;
  expect(inOrder(mergeCoverage([coverage, coverage]))).toEqual(inOrder(twice));
});

test("the files of a sum are in the order of their paths", () => {
  const folder = makeFolder({ "m.lua": module });
  const { coverage } = analyseNow(hitsOf(folder, []).bytecode, [], { root: folder });
  const [data] = Object.values(coverage);
  if (data === undefined) throw new Error("nothing is measured");
  const maps = ["/c.lua", "/a.lua", "/b.lua"].map((file) => ({ [file]: { ...data, path: file } }));
  expect(Object.keys(mergeCoverage(maps))).toEqual(["/a.lua", "/b.lua", "/c.lua"]);
});

test("a file that one run loaded and another only knew of has the counts of the first", () => {
  const folder = makeFolder({ "m.lua": module });
  const options = { root: folder, linesOnly: false };
  const loaded = withoutPrograms(analyseNow(hitsOf(folder, [["1", "2"]]).bytecode, [], options).coverage);
  const known = analyseNow({}, Object.keys(loaded), options).coverage;
  expect(Object.values(known)[0]?.all).toBe(true);
  for (const maps of [
    [loaded, known],
    [known, loaded],
  ]) {
    expect(inOrder(mergeCoverage(maps))).toEqual(inOrder(loaded));
  }
});

function withoutPrograms(coverage: CoverageMapData): CoverageMapData {
  return Object.fromEntries(
    Object.entries(coverage).filter(([file]) => file.endsWith("m.lua") && !file.endsWith("program.lua")),
  );
}

/** Maps as lists by place: merging numbers the entries anew. */
function inOrder(coverage: CoverageMapData): unknown {
  return Object.values(coverage).map(
    ({ path, statementMap, s, fnMap, f, branchMap, b, bT }: FileCoverageData) => ({
      path,
      statements: listed(statementMap, (key) => [s[key]]),
      functions: listed(fnMap, (key) => [f[key]]),
      branches: listed(branchMap, (key) => [b[key], bT?.[key]]),
    }),
  );
}

function listed(map: Record<string, unknown>, counts: (key: string) => unknown[]): string[] {
  return Object.entries(map)
    .map(([key, entry]) => JSON.stringify([entry, ...counts(key)]))
    .sort();
}
