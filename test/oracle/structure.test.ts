import type { Range } from "istanbul-lib-coverage";
import { expect, test } from "vitest";
import { analyse } from "../../src/analyse.js";
import { luaFiles, needs } from "./native.js";
import { joinShares, percentage, type Shares, sharesOf } from "./structure.js";

const folder = process.env.LUA_FILES ?? "/usr/share/lua";
const files = [...luaFiles(folder).keys()];

test("every statement and condition of installed Lua files is linked with its instructions", (context) => {
  needs(context, folder);
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

test("every place in the map of an installed Lua file is unique and not empty", (context) => {
  needs(context, folder);
  const { coverage, notices } = analyse({}, files, { root: "/", linesOnly: false });
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
