import path from "node:path";
import type { Range } from "istanbul-lib-coverage";
import { expect, test } from "vitest";
import { analyseNow } from "../support/analyse.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";
import { luaFiles, oracleFiles } from "./native.js";
import { isLua53, joinShares, percentage, type Shares, sharesOf } from "./structure.js";

const folder = process.env.LUA_FILES;
const files = [...(folder === undefined ? oracleFiles() : luaFiles(folder)).keys()];
const testFiles = testWith(...(folder === undefined ? (["the packages in .ci/run"] as const) : []));

testFiles("every statement and condition of installed Lua files is linked with its instructions", () => {
  const shares = files.map(sharesOf).filter((each) => each !== null);
  const join = (key: keyof Shares) => joinShares(shares.map((each) => each[key]));
  const [instructions, statements, leaves] = [join("instructions"), join("statements"), join("leaves")];
  const words = [
    `${shares.length} files`,
    `${percentage(instructions)} % of ${instructions.of} instructions the same in the twin`,
    `${percentage(statements)} % of ${statements.of} statements linked`,
    `${percentage(leaves)} % of ${leaves.of} condition leaves matched`,
  ];
  console.log(words.join(", "));
  expect([...instructions.missing, ...statements.missing]).toEqual([]);
  expect(percentage(leaves), leaves.missing.join(", ")).toBeGreaterThanOrEqual(99.9);
});

test.for<[what: string, text: string]>([
  [
    "a local that is assigned to itself",
    "local a = 1\na = a\na = (a)\nlocal function f() a = a end\nreturn a",
  ],
  ["a condition that is always true", "if true then end\nif 1 then local x end\nrepeat until true\nreturn 1"],
  ["both, one in the other", "local a\nif true then a = a end\nrepeat do a = a end until 1\nreturn a"],
  ["a condition that is never true", "local t\nwhile false do end\nwhile nil do t = 1 end\nreturn t"],
  ["assignments that only look like it", "local a, b = 1\na, b = a, b\na = a and a\nc = c\nreturn a"],
])("what has no instruction is told from what is not linked: %s", ([, text]) => {
  const file = path.join(makeFolder({ "program.lua": text }), "program.lua");
  const { statements, leaves } = sharesOf(file) ?? {};
  expect(statements?.of).toBeGreaterThan(1);
  expect([statements?.missing, leaves?.missing]).toEqual([[], []]);
});

testFiles("every place in the map of an installed Lua file is unique and not empty", () => {
  const { coverage, notices } = analyseNow({}, files.filter(isLua53), { root: "/", linesOnly: false });
  expect(notices).toEqual([]);
  for (const { path, statementMap, fnMap, branchMap } of Object.values(coverage)) {
    const [functions, branches] = [Object.values(fnMap), Object.values(branchMap)];
    const places = [
      Object.values(statementMap),
      functions.map(({ loc }) => loc),
      functions.map(({ decl }) => decl),
      branches.map(({ loc }) => loc),
      branches.map(({ locations }) => ({ ...locations[0] })),
    ];
    for (const each of places) expect(twiceOrEmpty(each), path).toEqual([]);
  }
});

function twiceOrEmpty(places: readonly Partial<Range>[]): string[] {
  const texts = places.map((place) => JSON.stringify(place));
  const isEmpty = ({ start, end }: Partial<Range>) =>
    start === undefined || (start.line === end?.line && start.column === end.column);
  return texts.filter((text, index) => texts.indexOf(text) !== index || isEmpty(places[index] ?? {}));
}
