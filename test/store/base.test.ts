import path from "node:path";
import { expect, test } from "vitest";
import { readBase } from "../../src/store/read.js";
import { makeProject } from "../support/project.js";

const empty = { statementMap: {}, fnMap: {}, branchMap: {}, s: {}, f: {}, b: {} };

function mapOf(...files: readonly string[]) {
  return Object.fromEntries(files.map((file) => [file, { path: file, ...empty }]));
}

const project = { "src/a.lua": "", "src/deep/b.lua": "", "init.lua": "" };

test("a base of another checkout is of this one, files that are gone here included", () => {
  const there = [
    "/ci/build/src/a.lua",
    "/ci/build/src/deep/b.lua",
    "/ci/build/src/gone.lua",
    "/ci/build/x/y.lua",
  ];
  const cwd = makeProject({ ...project, "base.json": mapOf(...there) });
  const found = readBase(path.join(cwd, "base.json"), cwd);
  expect(Object.keys(found ?? {})).toEqual(
    ["src/a.lua", "src/deep/b.lua", "src/gone.lua", "x/y.lua"].map((name) => path.join(cwd, name)),
  );
});

test("a base of this checkout, or of another project, stays what it is", () => {
  const cwd = makeProject(project);
  const own = makeProject({ "own.json": mapOf(path.join(cwd, "src/a.lua"), path.join(cwd, "gone.lua")) });
  const other = makeProject({ "other.json": mapOf("/other/main.lua") });
  expect(Object.keys(readBase(path.join(own, "own.json"), cwd) ?? {})).toHaveLength(2);
  expect(Object.keys(readBase(path.join(other, "other.json"), cwd) ?? {})).toEqual(["/other/main.lua"]);
});

test("a base may begin with a byte order mark, and of one that is no JSON it is said where", () => {
  const cwd = makeProject({
    "marked.json": `\ufeff${JSON.stringify(mapOf("/x/1.lua"))}`,
    "broken.json": '{\n  "a": {},\n  b }',
  });
  const base = (name: string) => readBase(path.join(cwd, name), cwd);
  expect(Object.keys(base("marked.json") ?? {})).toEqual(["/x/1.lua"]);
  expect(() => base("broken.json")).toThrow("coverage map: invalid symbol in line 3, column 3");
});

test("a base may be a folder of maps, may not be there, and may be no map", () => {
  const cwd = makeProject({
    "maps/1.json": mapOf("/x/1.lua"),
    "maps/2.json": mapOf("/x/2.lua"),
    "no.json": "[]",
    "none/a": "",
  });
  const base = (name: string) => readBase(path.join(cwd, name), cwd);
  expect(Object.keys(base("maps") ?? {}).sort()).toEqual(["/x/1.lua", "/x/2.lua"]);
  expect([base("nowhere.json"), base("none"), readBase(null, cwd)]).toEqual(["missing", "missing", null]);
  expect(() => base("no.json")).toThrow("no.json is not an Istanbul coverage map: it holds no object");
});
