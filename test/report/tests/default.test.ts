import { expect, test } from "vitest";
import { createDefaultReporter } from "../../../src/report/tests/default.js";
import { fileEvents, result, runEvents, script, shown, textOf } from "./events.js";
import { bailedOut, interrupted, nothing, odd, oneFile, severalFiles } from "./sample.js";

test("of one file every test is shown below its blocks, and what failed at the end", async () => {
  expect(await textOf(createDefaultReporter, oneFile)).toMatchInlineSnapshot(`
    "a cart
      ✔ is empty
    two lines
    without an end
      with an item
        ✖ adds up (812 ms)
    <stderr>a warning
    </stderr>    ✔ is kept flaky: passed at attempt 3 (60 ms)
      ○ can be emptied: not yet
      ✖ teardown
    ✖ spec/cart_spec.lua  5 tests, 2 failed, 1 pending (34 ms)

    Failed tests

    1) spec/cart_spec.lua a cart › with an item › adds up
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

       - expected  + passed in
         (table) {
           [name] = 'pear'
       -  *[price] = 4
       +  *[price] = 3
           [size] = 2 }

         11 |   it("adds up", function()
       > 12 |     assert.are.same(four, three)
         13 |   end)

       stack traceback:
       	spec/cart_spec.lua:12: in function <spec/cart_spec.lua:11>

    2) spec/cart_spec.lua a cart › teardown (error)
       attempt to call a nil value (global 'close')

       spec/cart_spec.lua:30
       > 30 |   close()

    2 passed, 2 failed, 1 pending

    "
  `);
});

test("of several files there is a line for each, and for each test that did not just pass", async () => {
  expect(await textOf(createDefaultReporter, severalFiles)).toMatchInlineSnapshot(`
    "✔ spec/list_spec.lua  2 tests (34 ms)
    two lines
    without an end<stderr>a warning
    </stderr>
    ✖ spec/cart_spec.lua  5 tests, 2 failed, 1 pending (34 ms)
        ✖ a cart › with an item › adds up (812 ms)
            spec/cart_spec.lua:12: Expected objects to be the same.
        ✔ a cart › with an item › is kept flaky: passed at attempt 3 (60 ms)
        ○ a cart › can be emptied: not yet
        ✖ a cart › teardown
            attempt to call a nil value (global 'close')
    ✔ spec/cart_spec.lua (round 2)  1 test (34 ms)
    hello
    ✔ test/plain.lua (34 ms)
    ✖ test/broken.lua (34 ms)
        test/broken.lua:2: boom
    ○ spec/none_spec.lua  no tests (34 ms)

    Failed tests

    1) spec/cart_spec.lua a cart › with an item › adds up
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

       - expected  + passed in
         (table) {
           [name] = 'pear'
       -  *[price] = 4
       +  *[price] = 3
           [size] = 2 }

         11 |   it("adds up", function()
       > 12 |     assert.are.same(four, three)
         13 |   end)

       stack traceback:
       	spec/cart_spec.lua:12: in function <spec/cart_spec.lua:11>

    2) spec/cart_spec.lua a cart › teardown (error)
       attempt to call a nil value (global 'close')

       spec/cart_spec.lua:30
       > 30 |   close()

    3) test/broken.lua (error)
       test/broken.lua:2: boom

         1 | local x
       > 2 | error "boom"

       stack traceback:
       	test/broken.lua:2: in main chunk

    6 passed, 3 failed, 1 pending

    "
  `);
});

test("control characters in names and messages are shown, not sent; what programs write is passed on", async () => {
  expect(shown(await textOf(createDefaultReporter, odd))).toMatchInlineSnapshot(`
    "f�
    <0><1b>[31m✔
    # Subtest: x
    ok 1
    Bail out!
    ]]><d>
    line\\nbreak\\r\\n\\ttab
      ✔ red \\x00 \\x07 \\x9b <fffe>
    # SKIP \\ # TODO \\#
      ]]> <b>&amp;</b> "quoted" 'single'
        ✔ ::error::x,y:z 100%
    (no name)
      ○ (no name): first # line\\nsecond, 50% : done
    ✖ é ü 漢 😀
    ✖ (file)
    ✖ spec/odd # "file" & <more>_spec.lua  5 tests, 2 failed, 1 pending (34 ms)

    Failed tests

    1) spec/odd # "file" & <more>_spec.lua é ü 漢 😀
       ---
       ...
         ...
       bold \\x01]]>&<
       	tab
       end

       ...

    2) spec/odd # "file" & <more>_spec.lua (file) (error)
       xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx

    2 passed, 2 failed, 1 pending

    "
  `);
});

test("an interrupted run says so behind the totals", async () => {
  expect(await textOf(createDefaultReporter, interrupted)).toMatchInlineSnapshot(`
    "✖ test/a.lua (34 ms)
        interrupted

    0 passed, 1 failed before the interruption

    "
  `);
});

test("a run that bailed out says how much it left out", async () => {
  const text = await textOf(createDefaultReporter, bailedOut);
  expect(text).toBe("✖ test/a.lua (34 ms)\n    no\n\n0 passed, 1 failed; 2 files not run\n\n");
});

test("a run without tests has totals", async () => {
  expect(await textOf(createDefaultReporter, nothing)).toBe("\n0 passed, 0 failed\n\n");
});

test("of many files also what failed in scripts is told at the end, and the slowest tests", async () => {
  const passing = Array.from({ length: 10 }, (_, index) =>
    fileEvents(`test/${index}.lua`, [script(`test/${index}.lua`, { duration: 300 + 100 * index })]),
  );
  const failing = script("test/broken.lua", {
    status: "failure",
    message: "test/broken.lua:2: boom\nand more",
    failedAt: { file: "test/broken.lua", line: 2 },
    excerpt: '> 2 | error "boom"',
  });
  const slow = result({ names: ["a", "b"], duration: 12_345 });
  const events = runEvents([
    ...passing,
    fileEvents("test/broken.lua", [failing]),
    fileEvents("spec/slow.lua", [slow]),
  ]);
  expect(await textOf(createDefaultReporter, events)).toMatchInlineSnapshot(`
    "✔ test/0.lua (34 ms)
    ✔ test/1.lua (34 ms)
    ✔ test/2.lua (34 ms)
    ✔ test/3.lua (34 ms)
    ✔ test/4.lua (34 ms)
    ✔ test/5.lua (34 ms)
    ✔ test/6.lua (34 ms)
    ✔ test/7.lua (34 ms)
    ✔ test/8.lua (34 ms)
    ✔ test/9.lua (34 ms)
    ✖ test/broken.lua (34 ms)
        test/broken.lua:2: boom
    ✔ spec/slow.lua  1 test (34 ms)

    Failed tests

    1) test/broken.lua
       test/broken.lua:2: boom
       and more

       > 2 | error "boom"

    Slowest tests
      (12.3 s) spec/slow.lua a › b
      (1200 ms) test/9.lua
      (1100 ms) test/8.lua
      (1000 ms) test/7.lua
      (900 ms) test/6.lua

    11 passed, 1 failed

    "
  `);
});

test("of few files what failed in a script is told where it ends, with its source", async () => {
  const failing = script("test/broken.lua", {
    status: "error",
    message: "test/broken.lua:2: ')' expected near 'function'",
    failedAt: { file: "test/broken.lua", line: 2 },
    excerpt: "> 2 |   f(1 function() end)",
  });
  const files = [
    fileEvents("test/broken.lua", [failing]),
    fileEvents("test/plain.lua", [script("test/plain.lua")]),
  ];
  expect(await textOf(createDefaultReporter, runEvents(files))).toMatchInlineSnapshot(`
    "✖ test/broken.lua (34 ms)
        test/broken.lua:2: ')' expected near 'function'

        > 2 |   f(1 function() end)
    ✔ test/plain.lua (34 ms)

    1 passed, 1 failed

    "
  `);
});

test("colours are those of marks, values and what is beside the point", async () => {
  const events = runEvents([
    fileEvents("spec/a.lua", [
      result({ names: ["good"] }),
      result({
        names: ["bad"],
        status: "error",
        message: "boom",
        traceback: "stack traceback:",
        excerpt: "> 1 | x\n  2 | y",
      }),
      result({ names: ["later"], status: "pending" }),
    ]),
  ]);
  const text = await textOf(createDefaultReporter, events, { colors: true });
  expect(shown(text)).toMatchInlineSnapshot(`
    "<1b>[32m✔<1b>[39m good
    <1b>[31m✖<1b>[39m bad
    <1b>[33m○<1b>[39m later
    <1b>[31m✖<1b>[39m spec/a.lua  3 tests, <1b>[31m1 failed<1b>[39m, <1b>[33m1 pending<1b>[39m <1b>[2m(34 ms)<1b>[22m

    <1b>[1mFailed tests<1b>[22m

    1) <1b>[2mspec/a.lua<1b>[22m <1b>[31mbad<1b>[39m (error)
       boom

       <1b>[31m><1b>[39m 1 | x
       <1b>[2m  2 | y<1b>[22m

       <1b>[2mstack traceback:<1b>[22m

    1 passed, 1 failed, 1 pending

    "
  `);
});
