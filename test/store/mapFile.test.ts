import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { packedIn, packedMap } from "../../src/coverage/packed/packedMap.js";
import { readJsonMap, writeMap } from "../../src/store/mapFile.js";
import { checkMap } from "../../src/store/shape.js";
import type { CoverageMapData, FileCoverageData } from "../../src/types.js";
import { makeFolder } from "../support/folder.js";
import { measure } from "../support/measure.js";
import { pack } from "../support/pack.js";

const names = ["/a.lua", '/it\'s "b":{}.lua', "/c\n.lua"];

function filesAt(paths: readonly string[]): FileCoverageData[] {
  const { coverage } = measure("local x = 1\nif x then x = 2 end\nreturn function() return x or 1 end");
  return paths.map((each) => ({ ...coverage, path: each }));
}

function plainMap(): CoverageMapData {
  return Object.fromEntries(filesAt(names).map((data) => [data.path, data]));
}

/** A map as it is read, once it was written. */
function readBack(map: CoverageMapData): { text: string; read: CoverageMapData } {
  const file = path.join(makeFolder({}), "map.json");
  writeMap(file, map, {});
  return { text: readFileSync(file, "utf8"), read: checkMap(readJsonMap(file)) };
}

test("a map is JSON with a line for each file, and stays packed when it is read", () => {
  const { text, read } = readBack(packedMap(filesAt(names).map(pack)));
  expect(text.split("\n")).toHaveLength(names.length);
  expect(JSON.parse(text)).toStrictEqual(plainMap());
  expect(names.map((name) => packedIn(read, name)?.path)).toEqual(names);
  expect(read).toStrictEqual(plainMap());
});

test("what was looked at, and changed, is written as it is", () => {
  const map = packedMap(filesAt(names).map(pack));
  Object.assign(map["/a.lua"] ?? {}, { s: { 0: 7 }, hash: "of somebody's" });
  const { text, read } = readBack(map);
  expect(JSON.parse(text)["/a.lua"]).toMatchObject({ s: { 0: 7 }, hash: "of somebody's" });
  expect([packedIn(read, "/a.lua"), packedIn(read, "/c\n.lua")?.path]).toEqual([null, "/c\n.lua"]);
  expect(read).toStrictEqual(map);
});

test("a map of no file is one", () => {
  expect(readBack({})).toEqual({ text: "{}", read: {} });
});

test.for<[string, (map: CoverageMapData) => string]>([
  ["in one line, as nyc's", (map) => JSON.stringify(map)],
  ["with indents", (map) => JSON.stringify(map, null, 2)],
  ["with a line break at the end", (map) => `${JSON.stringify(map)}\n`],
  ["with lines of somebody else's", (map) => JSON.stringify(map).replaceAll('},"/', '},\n"/')],
  ["with a name that is not the path", (map) => JSON.stringify(map).replace('{"/a.lua"', '{"a.lua"')],
])("a map %s is read as well", ([, write]) => {
  const file = path.join(makeFolder({}), "map.json");
  writeFileSync(file, write(plainMap()));
  expect(checkMap(readJsonMap(file))).toStrictEqual(JSON.parse(write(plainMap())));
});

test.for<readonly [string, unknown]>([
  ["", "value expected in line 1, column 1"],
  ["{", "close brace expected in line 1, column 2"],
  ["[]", []],
  ['{"/a.lua":{},\n', "property name expected in line 2, column 1"],
  ['{"/a.lua":{}', "close brace expected in line 1, column 13"],
  ['{\n"/a.lua":{},\n}', "property name expected in line 3, column 1"],
  ["null", null],
])("%j is told as JSON's parser tells it, and where it is none", ([text, expected]) => {
  const file = path.join(makeFolder({}), "map.json");
  writeFileSync(file, text);
  const outcome = (): unknown => {
    try {
      return readJsonMap(file);
    } catch (error) {
      return error instanceof Error ? error.message : error;
    }
  };
  expect(outcome()).toEqual(expected);
});
