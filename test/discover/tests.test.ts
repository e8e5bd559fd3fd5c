import path from "node:path";
import { expect, test } from "vitest";
import { findDefaultTests, findTests } from "../../src/discover/tests.js";
import { makeFolder } from "../support/folder.js";

const files = {
  "spec/a_spec.lua": "",
  "spec/helper.lua": "",
  "spec/deep/b_spec_more.lua": "",
  "spec/deep/not_a_spec.txt": "",
  "spec/data_spec/plain.lua": "",
  "spec/.hidden/no_spec.lua": "",
  "test/a.lua": "",
  "test/deep/b.lua": "",
};

function relative(root: string, found: readonly string[]): string[] {
  return found.map((file) => path.relative(root, file));
}

const specs = ["spec/a_spec.lua", "spec/deep/b_spec_more.lua"];
const scripts = ["test/a.lua", "test/deep/b.lua"];

test.each([
  [["spec"], specs],
  [["./spec/"], specs],
  [["test"], scripts],
  [["."], specs],
  [
    ["spec", "test"],
    [...specs, ...scripts],
  ],
  [["spec/data_spec"], ["spec/data_spec/plain.lua"]],
  [["spec/*.lua"], ["spec/a_spec.lua", "spec/helper.lua"]],
  [["spec/helper.lua"], ["spec/helper.lua"]],
  [["spec", "!spec/deep"], ["spec/a_spec.lua"]],
])("%j means %j", (patterns, expected) => {
  const root = makeFolder(files);
  expect(relative(root, findTests(patterns, root))).toEqual(expected);
});

test("where the specs of a folder are in MoonScript, the Lua in it is none", () => {
  const root = makeFolder({ "spec/deep/a_spec.moon": "", "spec/outputs/a.lua": "", "test/b.lua": "" });
  expect(relative(root, findDefaultTests(root))).toEqual(["test/b.lua"]);
  expect(relative(root, findTests(["spec/outputs/a.lua"], root))).toEqual(["spec/outputs/a.lua"]);
});

test("without patterns, each of the usual folders that exists", () => {
  const root = makeFolder({ ...files, "tests/readme.md": "" });
  expect(relative(root, findDefaultTests(root))).toEqual([...specs, ...scripts]);
  const none = makeFolder({ "tests/readme.md": "", spec: "a file" });
  expect(() => findDefaultTests(none)).toThrow('No test file matches "test", "tests", "spec"');
});
