import { expect, test } from "vitest";
import { createDotReporter } from "../../../src/report/tests/dot.js";
import { fileEvents, result, runEvents, script, textOf } from "./events.js";
import { interrupted, nothing, severalFiles } from "./sample.js";

test("each test is a sign, what programs write stands on lines of its own, failing tests follow", async () => {
  expect(await textOf(createDotReporter, severalFiles)).toMatchInlineSnapshot(`
    "●●●
    two lines
    without an end
    ◼<stderr>a warning
    </stderr>●◌✱●
    hello
    ●✱

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

test("thousands of tests are a row", async () => {
  const files = Array.from({ length: 3000 }, (_, index) => {
    const file = `test/${index}.lua`;
    return fileEvents(file, [index === 2999 ? result({ names: ["last"], status: "pending" }) : script(file)]);
  });
  const text = await textOf(createDotReporter, runEvents(files));
  expect(text).toBe(`${"●".repeat(2999)}◌\n\n2999 passed, 0 failed, 1 pending\n\n`);
});

test("an interruption, and no tests at all", async () => {
  expect(await textOf(createDotReporter, interrupted)).toBe(
    "✱\n\nFailed tests\n\n1) test/a.lua (error)\n   interrupted\n\n0 passed, 1 failed before the interruption\n\n",
  );
  expect(await textOf(createDotReporter, nothing)).toBe("\n0 passed, 0 failed\n\n");
});
