import { expect, test } from "vitest";
import { mergeCoverage } from "../../src/coverage/merge.js";
import { packedIn, packedMap } from "../../src/coverage/packed/packedMap.js";
import type { FileCoverageData } from "../../src/types.js";
import { measure } from "../support/measure.js";
import { pack } from "../support/pack.js";

function fileAt(path: string): FileCoverageData {
  return { ...measure("local x = 1\nif x then x = 2 end").coverage, path };
}

function mapOf(...paths: readonly string[]) {
  return packedMap(paths.map((path) => pack(fileAt(path))));
}

test("a file is an object once somebody looks at it, and the same one each time", () => {
  const map = mapOf("/a.lua", "/b.lua");
  expect(Object.keys(map)).toEqual(["/a.lua", "/b.lua"]);
  expect(packedIn(map, "/a.lua")?.path).toBe("/a.lua");
  expect(map["/a.lua"]).toStrictEqual(fileAt("/a.lua"));
  expect(map["/a.lua"]).toBe(map["/a.lua"]);
  expect([packedIn(map, "/a.lua"), packedIn(map, "/b.lua")?.path]).toEqual([null, "/b.lua"]);
});

test("to whoever reads or copies it, the map is like any other", () => {
  const plain = { "/a.lua": fileAt("/a.lua"), "/b.lua": fileAt("/b.lua") };
  const map = () => mapOf("/a.lua", "/b.lua");
  expect(map()).toEqual(plain);
  expect({ ...map() }).toStrictEqual(plain);
  expect(structuredClone(map())).toStrictEqual(plain);
  expect(JSON.parse(JSON.stringify(map()))).toStrictEqual(plain);
  expect(Object.entries(map())).toStrictEqual(Object.entries(plain));
});

test("what is changed stays changed", () => {
  const map = mapOf("/a.lua", "/b.lua", "/c.lua");
  const [first] = Object.values(map["/a.lua"]?.s ?? {});
  Object.assign(map["/a.lua"]?.s ?? {}, { 0: 7 });
  map["/b.lua"] = fileAt("/other.lua");
  delete map["/c.lua"];
  expect([first, map["/a.lua"]?.s[0]]).toEqual([1, 7]);
  expect(packedIn(map, "/a.lua")).toBe(null);
  expect([packedIn(map, "/b.lua"), map["/b.lua"].path]).toEqual([null, "/other.lua"]);
  expect([packedIn(map, "/c.lua"), map["/c.lua"]]).toEqual([null, undefined]);
});

test("files that one map alone has stay packed in a sum", () => {
  const [first, second] = [mapOf("/a.lua", "/b.lua"), mapOf("/b.lua", "/c.lua")];
  const sum = mergeCoverage([first, second]);
  expect(Object.keys(sum)).toEqual(["/a.lua", "/b.lua", "/c.lua"]);
  expect(Object.keys(sum).map((file) => packedIn(sum, file)?.path)).toEqual(["/a.lua", undefined, "/c.lua"]);
  expect([sum["/b.lua"]?.s[0], sum["/a.lua"]?.s[0]]).toEqual([2, 1]);
});

test("the files of other tools' maps count by their paths, whatever they are called", () => {
  const map = { x: fileAt("/a.lua"), y: fileAt("/a.lua") };
  expect(mergeCoverage([map])["/a.lua"]?.s[0]).toBe(2);
  expect(mergeCoverage([{ x: fileAt("/a.lua") }])).toStrictEqual({ "/a.lua": fileAt("/a.lua") });
});
