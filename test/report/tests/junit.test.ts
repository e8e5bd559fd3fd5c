import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parse } from "junit2json";
import { expect, test } from "vitest";
import { createJunitReporter } from "../../../src/report/tests/junit.js";
import type { TestEvent } from "../../../src/types.js";
import { testWith, toolPath } from "../../support/tools.js";
import { fileEvents, result, runEvents, textOf } from "./events.js";
import { interrupted, nothing, odd, oneFile, severalFiles } from "./sample.js";

test("a file is a suite, a test is a case with its place, its time and what went wrong", async () => {
  const xml = await textOf(createJunitReporter, oneFile);
  expect(xml.replace(/timestamp="[^"]*"/g, 'timestamp="…"')).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="luacov-ts" tests="5" failures="1" errors="1" time="0.120">
      <testsuite name="spec/cart_spec.lua" tests="5" failures="1" errors="1" skipped="1" time="0.034" timestamp="…" file="spec/cart_spec.lua">
        <testcase classname="spec.cart_spec" name="a cart › is empty" time="0.001" file="spec/cart_spec.lua" line="3"/>
        <testcase classname="spec.cart_spec" name="a cart › with an item › adds up" time="0.812" file="spec/cart_spec.lua" line="11">
          <failure message="spec/cart_spec.lua:12: Expected objects to be the same.&#10;Passed in:&#10;(table: 0x1) {&#10;  [name] = &apos;pear&apos;&#10; *[price] = 3&#10;  [size] = 2 }&#10;Expected:&#10;(table: 0x2) {&#10;  [name] = &apos;pear&apos;&#10; *[price] = 4&#10;  [size] = 2 }" type="failure">spec/cart_spec.lua:12: Expected objects to be the same.
    Passed in:
    (table: 0x1) {
      [name] = 'pear'
     *[price] = 3
      [size] = 2 }
    Expected:
    (table: 0x2) {
      [name] = 'pear'
     *[price] = 4
      [size] = 2 }

      11 |   it("adds up", function()
    &gt; 12 |     assert.are.same(four, three)
      13 |   end)

    stack traceback:
    	spec/cart_spec.lua:12: in function &lt;spec/cart_spec.lua:11&gt;</failure>
        </testcase>
        <testcase classname="spec.cart_spec" name="a cart › with an item › is kept" time="0.060" file="spec/cart_spec.lua" line="3"/>
        <testcase classname="spec.cart_spec" name="a cart › can be emptied" time="0.001" file="spec/cart_spec.lua" line="3">
          <skipped message="not yet"/>
        </testcase>
        <testcase classname="spec.cart_spec" name="a cart › teardown" time="0.001" file="spec/cart_spec.lua" line="30">
          <error message="attempt to call a nil value (global &apos;close&apos;)" type="error">attempt to call a nil value (global 'close')

    &gt; 30 |   close()</error>
        </testcase>
        <system-out>two lines
    without an end</system-out>
        <system-err>a warning
    </system-err>
      </testsuite>
    </testsuites>
    "
  `);
});

test("junit2json reads counts, rounds, the seed and what was written", async () => {
  const suites = await parsed(severalFiles);
  expect(suites).toMatchObject({ name: "luacov-ts", tests: 10, failures: 1, errors: 2 });
  const properties = [{ name: "seed", value: 42 }];
  expect(suites.testsuite).toMatchObject([
    { name: "spec/list_spec.lua", tests: 2, failures: 0, errors: 0, skipped: 0, properties },
    {
      name: "spec/cart_spec.lua",
      tests: 5,
      failures: 1,
      errors: 1,
      skipped: 1,
      "system-out": ["two lines\nwithout an end"],
      "system-err": ["a warning\n"],
    },
    { name: "spec/cart_spec.lua (round 2)", tests: 1 },
    { name: "test/plain.lua", testcase: [{ classname: "test.plain", name: "test/plain.lua" }] },
    {
      name: "test/broken.lua",
      testcase: [{ error: [{ message: "test/broken.lua:2: boom", type: "error" }] }],
    },
    { name: "spec/none_spec.lua", tests: 0 },
  ]);
});

test("texts come back, but for what XML cannot hold", async () => {
  const [suite] = (await parsed(odd)).testsuite ?? [];
  expect(suite?.name).toBe('spec/odd # "file" & <more>_spec.lua');
  expect(suite?.["system-out"]).toEqual(["f\ufffd\n\\x00✔\n# Subtest: x\nok 1\nBail out!\n]]>\n"]);
  expect(suite?.testcase?.map(({ name }) => name)).toEqual([
    "line\\nbreak\\r\\n\\ttab › red \\x00 \\x07 \\x9b \ufffd",
    "# SKIP \\ # TODO \\# › ]]> <b>&amp;</b> \"quoted\" 'single' › ::error::x,y:z 100%",
    "(no name) › (no name)",
    "é ü 漢 😀",
    "(file)",
  ]);
  expect(suite?.testcase?.[2]?.skipped).toEqual([{ message: "first # line\nsecond, 50% : done" }]);
  const message = "---\n...\n  ...\nbold \\x01]]>&<\n\ttab\nend\n";
  expect(suite?.testcase?.[3]?.failure).toMatchObject([{ message, type: "failure" }]);
});

testWith("xmllint").for([
  ["true", "true"],
  ["false", "false"],
  ["lone surrogate \ud800 and half a pair \udc00", "lone surrogate \ufffd and half a pair \ufffd"],
  ["  spaces  ", "  spaces  "],
] as const)("a test may be called %j", async ([name, read]) => {
  const events = runEvents([fileEvents("spec/a.lua", [result({ names: [name] })])]);
  expect(validity(await textOf(createJunitReporter, events))).toBe(valid);
  const { testsuite } = await parsed(events);
  expect(testsuite?.[0]?.testcase?.[0]?.name).toBe(read);
});

const long = fileEvents("spec/long.lua", [
  result({ names: ["long"], status: "failure", message: `${"x".repeat(1999)}😀 is long ${"y".repeat(1e6)}` }),
  ...Array.from({ length: 5000 }, (_, index) => result({ names: [`number ${index}`] })),
]);

const runs: readonly (readonly [what: string, events: readonly TestEvent[]])[] = [
  ["one file", oneFile],
  ["several files", severalFiles],
  ["odd texts", odd],
  ["no tests", nothing],
  ["an interruption", interrupted],
  ["thousands of tests and a long message", runEvents([long])],
];

testWith("xmllint")("what is written is valid by the schema that CI systems share", async () => {
  for (const [what, events] of runs) {
    expect(validity(await textOf(createJunitReporter, events)), what).toBe(valid);
  }
});

testWith("xmllint")("the schema refuses what it should", () => {
  expect(validity('<testsuites><testsuite name="a" tests="x"/></testsuites>')).not.toBe(valid);
});

async function parsed(events: readonly TestEvent[]) {
  const suites = await parse(await textOf(createJunitReporter, events));
  if (!suites || !("testsuite" in suites)) throw new Error("these are no suites");
  return suites;
}

const valid = "- validates\n";

/** What xmllint says of a document. */
function validity(xml: string): string {
  const schema = fileURLToPath(new URL("junit.xsd", import.meta.url));
  // A message of a megabyte is more than xmllint takes without being told.
  const flags = ["--noout", "--huge", "--schema", schema, "-"];
  return spawnSync(toolPath("xmllint"), flags, { input: xml, encoding: "utf8" }).stderr;
}
