import path from "node:path";
import { expect, test } from "vitest";
import { verdict } from "../../src/discover/verdict.js";
import type { Scope } from "../../src/types.js";

const root = path.resolve("/project");

function scope(settings: Partial<Scope>): Scope {
  return { root, tests: [], include: [], exclude: [], extension: [".lua"], ...settings };
}

function measured(settings: Partial<Scope>, name: string): boolean {
  return verdict(scope(settings), path.join(root, name)).measured;
}

test("every verdict has its reason", () => {
  const settings = scope({
    tests: [path.join(root, "src/a_test.lua")],
    include: ["src", "lib/**", "!src/gen"],
    exclude: ["**/*.min.lua", "src/old/", "!src/old/keep.lua"],
    extension: [".lua", ".moon"],
  });
  const reasons = {
    "src/a.lua": "under the project root",
    "lib/deep/a.moon": "under the project root",
    "src/old/keep.lua": "under the project root",
    "src/a_test.lua": "a test file of this run",
    "src/a.txt": "no extension of .lua, .moon",
    "other/a.lua": "matched by no include pattern",
    "src/gen/a.lua": "excluded by src/gen",
    "src/x.min.lua": "excluded by **/*.min.lua",
    "src/old/a.lua": "excluded by src/old/",
    "lib/lua_modules/a.lua": "excluded by **/lua_modules/**",
    "lib/node_modules/a.lua": "excluded by **/node_modules/**",
    "lib/.luarocks/a.lua": "excluded by **/.luarocks/**",
    "../a.lua": "outside the project root /project",
    "..a.lua": "matched by no include pattern",
  };
  const found = Object.keys(reasons).map((name) => [name, verdict(settings, path.join(root, name)).reason]);
  expect(Object.fromEntries(found)).toEqual(reasons);
});

test("code of tests is told from what it tests by its place and its name, where there are tests", () => {
  const settings = scope({
    tests: [path.join(root, "unit/a.lua")],
    helper: path.join(root, "prepare.lua"),
    exclude: ["!spec/tools/**", "!**/test_bench.lua"],
  });
  const reasons = {
    "unit/a.lua": "a test file of this run",
    "prepare.lua": "the helper of this run",
    "spec/support/x.lua": "in the folder of tests spec",
    "test/x.lua": "in the folder of tests test",
    "tests/deep/er/x.lua": "in the folder of tests tests",
    "src/x_spec.lua": "named as a test",
    "src/x_spec_helper.lua": "named as a test",
    "src/x.test.lua": "named as a test",
    "src/x-test.lua": "named as a test",
    "src/test_x.lua": "named as a test",
    "test.lua": "named as a test",
    "tests.lua": "named as a test",
    "spec/tools/x.lua": "under the project root",
    "src/test_bench.lua": "under the project root",
    "src/test.lua": "under the project root",
    "src/spec/x.lua": "under the project root",
    "src/tests.lua": "under the project root",
    "src/latest.lua": "under the project root",
    "src/contest_x.lua": "under the project root",
    "spec.lua": "under the project root",
    "specs/x.lua": "under the project root",
  };
  const found = Object.keys(reasons).map((name) => [name, verdict(settings, path.join(root, name)).reason]);
  expect(Object.fromEntries(found)).toEqual(reasons);
  const alone = scope({});
  expect(Object.keys(reasons).filter((name) => !verdict(alone, path.join(root, name)).measured)).toEqual([]);
});

test("a negated pattern takes even other people's code back in", () => {
  const settings = { exclude: ["!lua_modules/mine/**"] };
  expect(measured(settings, "lua_modules/mine/a.lua")).toBe(true);
  expect(measured(settings, "lua_modules/other/a.lua")).toBe(false);
});

test("patterns that mean nothing match nothing", () => {
  for (const pattern of ["!", "[", "(", "{", "*".repeat(50)]) {
    expect(typeof measured({ include: [pattern], exclude: [pattern] }, "a.lua")).toBe("boolean");
  }
  expect(measured({ exclude: ["!", "["] }, "a.lua")).toBe(true);
});
