import { copyFileSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import {
  endings,
  header,
  inWords,
  ofTwo,
  runTests,
  told,
  toldOfAll,
  two,
  waysToRun,
} from "../luaunit/told.js";
import { startLua } from "../support/debianLua.js";
import { makeFolder } from "../support/folder.js";
import { differs, leaveOut } from "../support/luaDifferences.js";
import { inPlainWords, peerOfTestLua } from "../support/testLua.js";
import { testWith, toolPath } from "../support/tools.js";

const data = path.join(import.meta.dirname, "../luaunit");

const testLuaUnit = testWith("luaunit");

interface Told {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly traceback: string;
}

/** What the file's tests are in lua5.3, by LuaUnit's own JUnit output. */
function native(folder: string, file: string, args: readonly string[]): Told[] {
  const report = path.join(folder, "native.xml");
  startLua(peerOfTestLua, [file, "-o", "junit", "-n", report, ...args], { cwd: folder });
  const cases = readFileSync(report, "latin1").matchAll(
    /<testcase classname="(.*?)" name="(.*?)" time="[\d.]+">\n([\s\S]*?) *<\/testcase>/g,
  );
  return Array.from(cases, ([, , name = "", content = ""]) => ({ name, ...toldBy(content) }));
}

function toldBy(content: string): Omit<Told, "name"> {
  const problem = /<(error|failure) type="([\s\S]*?)">\s*<!\[CDATA\[([\s\S]*?)\]\]><\/\1>/.exec(content);
  if (problem !== null) {
    const [, status = "", message = "", trace = ""] = problem;
    const lines = trace.replaceAll("]]&gt;", "]]>").replace(/^stack traceback:$/, "");
    return { status, message: unescaped(message), traceback: withoutAddresses(lines) };
  }
  const skipped = /<skipped>([\s\S]*?)<\/skipped>/.exec(content);
  if (skipped === null) return { status: "success", message: "", traceback: "" };
  return { status: "pending", message: unescaped(skipped[1] ?? ""), traceback: "" };
}

function unescaped(text: string): string {
  const characters = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  const plain = Object.entries(characters).reduce(
    (each, [name, character]) => each.replaceAll(`&${name};`, character),
    text,
  );
  return withoutAddresses(plain);
}

function withoutAddresses(text: string): string {
  return text.replace(/0x[0-9a-f]+/g, "0x");
}

testWith("lua5.3", "luaunit").for<readonly [name: string, args: readonly string[]]>([
  ["assertions.lua", []],
  ["statuses.lua", []],
  ["statuses.lua", ["-p", "TestAround", "-p", "skip", "-x", "only"]],
  ["statuses.lua", ["TestAround.test1", "test_skip", "TestAround"]],
  ["statuses.lua", ["-r", "3"]],
])("the tests of %s with the arguments %j are those of lua5.3", async ([name, args], { skip }) => {
  leaveOut("texts of 5.4", skip);
  const folder = makeFolder({});
  copyFileSync(path.join(data, name), path.join(folder, name));
  const { results } = await runTests(folder, [name, "--", ...args]);
  const told = results.map(({ names, status, message, traceback }) => ({
    name: names.join("."),
    status,
    message: withoutAddresses(message),
    traceback: withoutAddresses(traceback),
  }));
  const expected = native(folder, name, args);
  expect(expected.length).toBeGreaterThan(0);
  expect(told).toEqual(expected);
});

testLuaUnit("the tests of a file are results of ours, however it runs them", async () => {
  const expected = Object.entries(waysToRun).map(([run, lines]) => [two + run, lines]);
  const { lines, stdout } = await toldOfAll(Object.keys(waysToRun).map((run) => two + run));
  expect(lines).toEqual(Object.fromEntries(expected));
  expect(stdout).toBe("");
});

testLuaUnit("what a file and its tests do is in the results", async () => {
  const { lines } = await toldOfAll(Object.keys(endings));
  expect(lines).toEqual(endings);
});

testLuaUnit("LuaUnit writes what it is asked to write, and the results are told as well", async () => {
  const tap = "1..2\n# Started on ";
  const exit = `${two}os.exit(lu.LuaUnit.run())`;
  const asked = [
    await told(exit, ["-o", "tap"]),
    await told(exit, [], { LUAUNIT_OUTPUT: "tap" }),
    await told(`${two}lu.LuaUnit:setOutputType "tap" lu.run()`),
    await told(`${two}local runner = lu.LuaUnit.new() runner:setOutputType "TAP" os.exit(runner:runSuite())`),
  ];
  for (const { stdout, lines } of asked) {
    expect([stdout.slice(0, tap.length), lines]).toEqual([tap, ofTwo]);
  }
  const text = await told(exit, ["--output", "text"]);
  expect(text.stdout).toContain("Ran 2 tests in ");
  expect(text.lines).toEqual(ofTwo);
  expect(await told(exit, ["-o", "nil"])).toMatchObject({ stdout: "", lines: ofTwo });
});

testLuaUnit("an output of one's own is used", async () => {
  const own = `local Own = {}
    function Own.new() return setmetatable({}, { __index = Own }) end
    for _, name in ipairs { "startSuite", "startClass", "updateStatus", "endClass", "endSuite" } do
      Own[name] = function() end
    end
    function Own:startTest(name) io.write(name, " begins\\n") end
    function Own:endTest(node) io.write(node.testName, " ", node.status, "\\n") end
    lu.LuaUnit.outputType = Own\n`;
  const { stdout, lines } = await told(`${two}${own}os.exit(lu.run())`);
  expect(stdout).toBe("TestA.test1 begins\nTestA.test1 SUCCESS\ntest_b begins\ntest_b FAIL\n");
  expect(lines).toEqual(ofTwo);
});

testLuaUnit("the first failure can end the file, as -f and --bail ask", async () => {
  const many = "function test_a() lu.fail 'a' end function test_b() end os.exit(lu.run())";
  expect((await told(many, ["-f"])).lines).toEqual(["it failure test_a t.lua:2: a"]);
  const folder = makeFolder({ "t.lua": header + many });
  const { results } = await runTests(folder, ["--bail", "t.lua"]);
  expect(results.map(inWords)).toEqual(["it failure test_a t.lua:2: a"]);
});

testLuaUnit("a file with a test that failed runs again, as --retry asks", async () => {
  const folder = makeFolder({
    "t.lua": `${header}function test_a() end
      function test_b()
        if not io.open "once" then io.open("once", "w"):close() lu.fail "not yet" end
      end os.exit(lu.run())`,
  });
  const { results } = await runTests(folder, ["--retry", "1", "t.lua"]);
  expect(results.map((each) => [inWords(each), each.attempts])).toEqual([
    ["it success test_a", 1],
    ["it success test_b", 2],
  ]);
});

testLuaUnit(
  "a result has the line of its test and that of its failure, and the time that passed",
  async () => {
    const slow = `local wait = require "system".sleep
    TestA = {}
    function TestA:test1()
      wait(0.05)
    end
    function TestA:test2()

      lu.assertEquals(1, 2)
    end`;
    const [first, second] = (await told(slow)).results;
    expect(first).toMatchObject({ place: { file: "t.lua", line: 4 }, failedAt: null });
    expect(first?.duration).toBeGreaterThan(40);
    expect(second).toMatchObject({ place: { file: "t.lua", line: 7 }, failedAt: { file: "t.lua", line: 9 } });
    expect(second?.excerpt).toContain(">  9 |       lu.assertEquals(1, 2)");
    expect(inPlainWords(second?.traceback ?? "")).toBe(
      inPlainWords("stack traceback:\n\tt.lua:9: in upvalue 'TestA.test2'"),
    );
  },
);

testLuaUnit("a copy by another name is as good, and without LuaUnit the file fails as in lua", async () => {
  const folder = makeFolder({
    "lib/luaunit.lua": readFileSync(toolPath("luaunit")),
    "t.lua":
      'local lu = require "lib.luaunit"\nfunction test_a() lu.assertEquals(1, 2) end os.exit(lu.run())',
    "none.lua": 'local lu = require "no.such.luaunit"\n',
  });
  const { results } = await runTests(folder, ["t.lua", "none.lua"]);
  const [none, copy] = results;
  expect(copy).toMatchObject({
    names: ["test_a"],
    message: "t.lua:2: expected: 2, actual: 1",
    traceback: `stack traceback:\n\tt.lua:2: in ${differs("texts of 5.4") ? "upvalue" : "function"} 'test_a'`,
  });
  expect(none).toMatchObject({ descriptor: "script", status: "error", names: [] });
  expect(none?.message).toMatch(/^none\.lua:1: module 'no\.such\.luaunit' not found:\n/);
  expect(inPlainWords(none?.traceback ?? "")).toBe(
    ["stack traceback:", "\t[C]: in function 'require'", "\tnone.lua:1: in main chunk", "\t[C]: in ?"].join(
      "\n",
    ),
  );
});
