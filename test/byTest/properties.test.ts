import fc from "fast-check";
import type { Options } from "luacov-ts";
import { expect } from "vitest";
import { suiteOf, timesOf } from "../../src/byTest/query.js";
import { indexSources, type SourceIndex } from "../../src/byTest/sites.js";
import { makeFolder } from "../support/folder.js";
import { runsOf } from "../support/runs.js";
import { testWith } from "../support/tools.js";
import { type Suite, suites } from "./generated.js";
import {
  added,
  type Counts,
  countsOfMap,
  countsOfRows,
  countsOfTest,
  type Ran,
  runByTest,
  testsIn,
} from "./suite.js";

const numRuns = runsOf(1);

const quiet: Options = { reporter: ["none"], clean: true };

/** The union of tests, blocks and what is outside is the plain map. */
function checkUnion({ byTest, coverage }: Ran): void {
  expect(countsOfRows(byTest.rows, byTest)).toEqual(countsOfMap(coverage));
}

/** A run of a test alone has its set, and what is loaded for it. */
async function checkAlone(folder: string, lua: string, { byTest }: Ran, name: string): Promise<void> {
  const test = testsIn(byTest).find(({ names }) => names.join(" ") === name);
  if (test === undefined) throw new Error(`no ${name}`);
  const alone = await runByTest(folder, { ...quiet, lua: [lua], name: [name] }, ["spec"]);
  const outside = countsOfRows(suiteOf(byTest).outside, byTest);
  expect(added(countsOfTest(test, byTest), outside)).toEqual(countsOfMap(alone.coverage));
}

/** What `who` says of each line is what a test's set has there. */
function checkWho({ byTest }: Ran): void {
  const tests = suiteOf(byTest).tests.map((test) => ({ test, set: countsOfTest(test, byTest) }));
  for (const source of indexSources(byTest).values())
    for (const [site, { kind, key }] of source.sites.entries()) {
      if (kind !== "statement") continue;
      for (const { test, set } of tests) {
        const times = timesOf([...test.rows, ...test.blocks], source, [site]);
        expect(times).toBe(set[`${baseOf(source)} ${key}`] ?? 0);
      }
    }
}

const baseOf = ({ path }: SourceIndex) => path.slice(path.lastIndexOf("/") + 1);

/** By the names of the rows, so that engines can be compared. */
function byName({ byTest }: Ran): Readonly<Record<string, Counts>> {
  const named = byTest.rows.map((row) => {
    const key = [row.kind, row.file ?? "", row.line, ...row.names].join(" ");
    return [key, countsOfRows([row], byTest)] as const;
  });
  return Object.fromEntries(named);
}

async function check({ files, names }: Suite, lua: string): Promise<void> {
  const folder = makeFolder(files);
  const ran = await runByTest(folder, { ...quiet, lua: [lua] }, ["spec"]);
  checkUnion(ran);
  checkWho(ran);
  const plain = await runByTest(folder, { ...quiet, lua: ["fengari"] }, ["spec"]);
  expect(byName(ran)).toEqual(byName(plain));
  for (const name of [names[0], names.at(-1)])
    if (name !== undefined) await checkAlone(folder, lua, ran, name);
}

const property = (lua: string) => async () => {
  await fc.assert(
    fc.asyncProperty(suites, (suite) => check(suite, lua)),
    { numRuns, endOnFailure: true },
  );
};

const timeout = 60_000 * Math.max(1, numRuns / 2);

testWith().each(["fengari", "5.1", "5.4", "5.5"])(
  "what tests cover in %s",
  (lua) => property(lua)(),
  timeout,
);
testWith("lua5.4")("what tests cover in lua5.4", property("lua5.4"), timeout);
testWith("luajit")("what tests cover in LuaJIT", property("luajit"), timeout);
