import path from "node:path";
import { expect, test } from "vitest";
import { runJob } from "../../src/harness/run/embedded/job.js";
import { root } from "../command.js";
import { testWith } from "../support/tools.js";
import {
  type Case,
  type Comparable,
  cases,
  comparable,
  folder,
  named,
  theirs,
  withoutOwnPlace,
} from "./specs/cases.js";

testWith("lua5.3", "busted").for(named)("%s, as busted does it", ([, each]) => {
  const expected = theirs(each, "lua5.3");
  expect(ours(each).map((result, index) => withoutOwnPlace(result, expected[index]))).toEqual(expected);
});

test("where we differ from busted on purpose", () => {
  const results = ours({ file: "differences.lua", arguments: ["x", "y"] });
  expect(results.length).toBeGreaterThan(2);
  for (const { names, status } of results) expect(names[0]).toMatch(new RegExp(`^${status}: `));
});

test("the comparison sees every status, and failures outside of tests", () => {
  const results = cases.slice(0, 2).flatMap(ours);
  expect(new Set(results.map(({ status }) => status)).size).toBe(4);
  expect(new Set(results.map(({ descriptor }) => descriptor)).size).toBeGreaterThan(7);
});

function ours({ file, settings = {}, arguments: args = [] }: Case): Comparable[] {
  const name = path.join(folder, file);
  const scope = { root, tests: [], include: [], exclude: [], extension: [".lua"] };
  const steps = [{ kind: "tests", style: "spec", file: name, settings } as const];
  const program = {
    file: name,
    steps,
    args,
    packagePath: "./?.lua",
  };
  const job = { program, scope, test: { style: "spec", round: 1, lua: null } as const };
  return runJob(job, new Int32Array(1)).results.map(comparable);
}
