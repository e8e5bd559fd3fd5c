import { spawnSync } from "node:child_process";
import path from "node:path";
import { Parser } from "tap-parser";
import { expect, test } from "vitest";
import { createTapReporter } from "../../../src/report/tests/tap.js";
import type { TestEvent } from "../../../src/types.js";
import { makeFolder } from "../../support/folder.js";
import { testWith, toolPath } from "../../support/tools.js";
import { fileEvents, result, runEvents, shown, textOf } from "./events.js";
import { bailedOut, interrupted, nothing, odd, oneFile, severalFiles } from "./sample.js";

test("every test is a line with its names, with what is known of it as YAML", async () => {
  expect(await textOf(createTapReporter, oneFile)).toMatchInlineSnapshot(`
    "TAP version 14
    # spec/cart_spec.lua
    ok 1 - spec/cart_spec.lua: a cart › is empty
      ---
      duration_ms: 1.25
      at:
        file: spec/cart_spec.lua
        line: 3
      ...
    # | two lines
    # | without an end
    not ok 2 - spec/cart_spec.lua: a cart › with an item › adds up
      ---
      duration_ms: 812
      status: failure
      message: |
        spec/cart_spec.lua:12: Expected objects to be the same.
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
      traceback: |
        stack traceback:
        	spec/cart_spec.lua:12: in function <spec/cart_spec.lua:11>
      at:
        file: spec/cart_spec.lua
        line: 12
      ...
    # | a warning
    ok 3 - spec/cart_spec.lua: a cart › with an item › is kept
      ---
      duration_ms: 60
      at:
        file: spec/cart_spec.lua
        line: 3
      attempts: 3
      ...
    ok 4 - spec/cart_spec.lua: a cart › can be emptied # SKIP not yet
      ---
      duration_ms: 1.25
      at:
        file: spec/cart_spec.lua
        line: 3
      ...
    not ok 5 - spec/cart_spec.lua: a cart › teardown
      ---
      duration_ms: 1.25
      status: error
      message: attempt to call a nil value (global 'close')
      at:
        file: spec/cart_spec.lua
        line: 30
      ...
    1..5
    "
  `);
});

test("files, rounds, the seed and what programs write are comments", async () => {
  const text = await textOf(createTapReporter, severalFiles);
  expect(text.match(/^#.*/gm)).toEqual([
    "# seed 42",
    "# spec/list_spec.lua",
    "# spec/cart_spec.lua",
    "# | two lines",
    "# | without an end",
    "# | a warning",
    "# spec/cart_spec.lua (round 2)",
    "# test/plain.lua",
    "# | hello",
    "# test/broken.lua",
    "# spec/none_spec.lua",
  ]);
});

// Skipped tests are among those that pass.
test.for([
  ["one file", oneFile, { ok: false, count: 5, pass: 3, fail: 2, skip: 1 }],
  ["several files", severalFiles, { ok: false, count: 10, pass: 7, fail: 3, skip: 1 }],
  ["odd texts", odd, { ok: false, count: 5, pass: 3, fail: 2, skip: 1 }],
  ["no tests", nothing, { ok: true, count: 0, pass: 0, fail: 0, skip: 0 }],
  [
    "an interruption",
    interrupted,
    { ok: false, count: 1, pass: 0, fail: 1, skip: 0, bailout: "interrupted" },
  ],
  ["a run that bailed out", bailedOut, { ok: false, count: 1, fail: 1, bailout: "2 files not run" }],
] as const)("tap-parser reads %s in its strict mode", async ([_, events, expected]) => {
  const { results } = await parsed(events);
  expect(results).toMatchObject(expected);
});

test("tap-parser reads names, reasons and messages as they were given", async () => {
  const { points } = await parsed(odd);
  expect(points.map(({ name, skip }) => [shown(name), skip])).toMatchInlineSnapshot(`
    [
      [
        "spec/odd # "file" & <more>_spec.lua: line\\nbreak\\r\\n\\ttab › red \\x00 \\x07 \\x9b <fffe>",
        false,
      ],
      [
        "spec/odd # "file" & <more>_spec.lua: # SKIP \\ # TODO \\# › ]]> <b>&amp;</b> "quoted" 'single' › ::error::x,y:z 100%",
        false,
      ],
      [
        "spec/odd # "file" & <more>_spec.lua: (no name) › (no name)",
        "first # line\\nsecond, 50% : done",
      ],
      [
        "spec/odd # "file" & <more>_spec.lua: é ü 漢 😀",
        false,
      ],
      [
        "spec/odd # "file" & <more>_spec.lua: (file)",
        false,
      ],
    ]
  `);
  expect(points[3]?.diag).toMatchObject({
    message: "---\n...\n  ...\nbold \\x01]]>&<\n\ttab\nend\n",
    traceback: "...",
  });
});

test("thousands of tests, and a message of a megabyte", async () => {
  const many = Array.from({ length: 5000 }, (_, index) => result({ names: [`number ${index}`] }));
  const message = "a line of a long message\n".repeat(40_000);
  const long = result({ names: ["long"], status: "failure", message });
  const { results, points } = await parsed(runEvents([fileEvents("spec/many.lua", [...many, long])]));
  expect(results).toMatchObject({ count: 5001, pass: 5000, fail: 1 });
  expect(points.at(-1)?.diag).toMatchObject({ message });
});

testWith("prove")("Perl's prove reads it, but for the version, which it knows only lately", async () => {
  for (const [what, events, { tests, failed }] of proved) {
    const text = (await textOf(createTapReporter, events)).replace("TAP version 14", "TAP version 13");
    const file = path.join(makeFolder({ "results.tap": text }), "results.tap");
    const { stdout } = spawnSync(toolPath("prove"), ["--exec", "cat", file], { encoding: "utf8" });
    expect(stdout, what).not.toContain("Parse errors");
    expect(stdout, what).toContain(`Tests: ${tests} Failed: ${failed}`);
  }
});

const proved = [
  ["one file", oneFile, { tests: 5, failed: 2 }],
  ["several files", severalFiles, { tests: 10, failed: 3 }],
  ["odd texts", odd, { tests: 5, failed: 2 }],
] as const;

async function parsed(events: readonly TestEvent[]) {
  const points: { name: string; skip: unknown; diag: unknown }[] = [];
  const parser = new Parser({ strict: true });
  parser.on("assert", ({ name, skip, diag }) => points.push({ name, skip, diag }));
  parser.end(await textOf(createTapReporter, events));
  return { results: parser.results, points };
}
