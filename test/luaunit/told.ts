import { readFileSync } from "node:fs";
import path from "node:path";
import type { Outcome, TestResult } from "../../src/types.js";
import { type CliResult, runCli } from "../support/cli.js";
import { debianTemplates } from "../support/debianLua.js";
import { makeFolder } from "../support/folder.js";
import { peerOfTestLua } from "../support/testLua.js";

interface Written {
  readonly stream: string;
  readonly text: string;
}

interface Report {
  readonly files: readonly (Pick<Outcome, "file" | "results"> & { readonly output: readonly Written[] })[];
}

interface Run extends CliResult {
  readonly results: readonly TestResult[];
}

export async function runTests(folder: string, args: readonly string[], environment = {}): Promise<Run> {
  const report = path.join(folder, "ours.json");
  const own = ["--reporter", "none", "--test-reporter", `json=${report}`];
  const installed = { LUA_PATH: debianTemplates(peerOfTestLua) };
  const result = await runCli(folder, [...own, ...args], { ...installed, ...environment });
  const { files }: Report = JSON.parse(readFileSync(report, "utf8"));
  const written = files.flatMap(({ output }) => output.filter(({ stream }) => stream === "stdout"));
  return {
    ...result,
    stdout: written.map(({ text }) => text).join(""),
    results: files.flatMap(({ file, results }) => results.map((each) => ({ ...each, file }))),
  };
}

export const header = 'local lu = require "luaunit"\n';

/** A result in words; of its message the first line. */
export function inWords({ descriptor, status, names, message }: TestResult): string {
  const words = [descriptor, status, ...names, message.split("\n")[0]];
  return words.filter((each) => each !== "").join(" ");
}

/** Runs a text as `t.lua`, with LuaUnit at hand as `lu`. */
export async function told(text: string, args: readonly string[] = [], environment = {}) {
  const folder = makeFolder({ "t.lua": header + text });
  const { results, stdout } = await runTests(folder, ["t.lua", "--", ...args], environment);
  return { lines: results.map(inWords), stdout, results };
}

/** Runs texts in one run, each as `t.lua` in a folder of its own; their results in words by text. */
export async function toldOfAll(texts: readonly string[], args: readonly string[] = [], environment = {}) {
  const files = texts.map((text, index) => [`${index}/t.lua`, header + text]);
  const { results, stdout } = await runTests(
    makeFolder(Object.fromEntries(files)),
    [...args, "*/t.lua"],
    environment,
  );
  const lines = texts.map((text, index) => {
    const own = results.filter(({ file }) => file === `${index}/t.lua`);
    return [text, own.map((result) => inWords(result).replaceAll(`${index}/t.lua`, "t.lua"))];
  });
  return { lines: Object.fromEntries(lines), stdout };
}

export const two = `TestA = { test1 = function() end }
  function test_b() lu.assertEquals(1, 2) end\n`;
export const ofTwo = ["it success TestA test1", "it failure test_b t.lua:3: expected: 2, actual: 1"];
const locals = "local A = { test1 = function() end }\n";

export const waysToRun: Readonly<Record<string, readonly string[]>> = {
  "os.exit(lu.LuaUnit.run())": ofTwo,
  "os.exit(lu.run())": ofTwo,
  "lu.LuaUnit.run()": ofTwo,
  "os.exit(lu.LuaUnit:run())": ofTwo,
  "os.exit(lu.LuaUnit.new():runSuite())": ofTwo,
  "os.exit(require('luaunit').LuaUnit.run('TestA'))": ofTwo.slice(0, 1),
  "os.exit(lu.LuaUnit.run('-p', 'b'))": ofTwo.slice(1),
  "lu.LuaUnit.run('TestA') lu.LuaUnit.run('test_b')": ofTwo,
  "": ofTwo,
  "package.loaded.luaunit = nil lu = require 'luaunit' lu.run()": ofTwo,
  "lu.LuaUnit.new():runSuiteByInstances({ { 'TestA', TestA }, { 'test_b', test_b } })": ofTwo,
};

const early = "os.exit was called with code 0 before the tests of this file had ended";

export const endings: Readonly<Record<string, readonly string[]>> = {
  // Tests that are no globals.
  [`${locals}lu.LuaUnit.new():runSuiteByInstances({ { "A", A } })`]: ["it success A test1"],
  // No tests: the file itself is one.
  [`${locals}lu.assertEquals(A.x, nil)`]: ["script success"],
  "lu.assertEquals(1, 2)": ["script error t.lua:2: LuaUnit test FAILURE: expected: 2, actual: 1"],
  [`${two}os.exit(0)`]: ["script success"],
  [`${two}os.exit(3)`]: ["script failure os.exit was called with code 3"],
  // What fails behind the tests.
  [`${two}lu.run() error "after"`]: [...ofTwo, "file error t.lua:4: after"],
  [`${two}lu.run("TestA") os.exit(4)`]: [
    "it success TestA test1",
    "file failure os.exit was called with code 4",
  ],
  // Tests that end the program.
  "function test_a() os.exit(0) end function test_b() end os.exit(lu.run())": [
    "it error test_a t.lua:2: You are trying to exit but there is still a running instance of LuaUnit.",
    "it success test_b",
  ],
  "function test_a() end function test_b() lu.oldOsExit(0) end os.exit(lu.run())": [
    "it success test_a",
    `it error test_b ${early}`,
  ],
  "function test_a() end function test_b() lu.oldOsExit(0) end lu.run('test_a') lu.run('test_b')": [
    "it success test_a",
    `it error test_b ${early}`,
  ],
  // What fails around the tests.
  [`${two}function setupSuite() error "no database" end os.exit(lu.run())`]: [
    "setup error t.lua:4: no database",
  ],
  [`${two}function TestA.setupClass() lu.fail "no table" end os.exit(lu.run())`]: [
    "setup failure t.lua:4: no table",
  ],
  [`${two}function TestA.teardownClass() error "no way" end os.exit(lu.run())`]: [
    "it success TestA test1",
    "teardown error t.lua:4: no way",
  ],
  [`${two}function teardownSuite() error "no way" end os.exit(lu.run())`]: [
    ...ofTwo,
    "teardown error t.lua:4: no way",
  ],
  // A suite inside a test.
  [`function test_a()
    local inner = lu.LuaUnit.new()
    inner:setOutputType "nil"
    inner:runSuiteByInstances({ { "test_inner", function() lu.fail "inside" end } })
    lu.assertEquals(inner.result.failureCount, 1)
  end os.exit(lu.run())`]: ["it success test_a"],
};
