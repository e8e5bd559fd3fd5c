import { test } from "vitest";
import { check } from "../support/listing.js";

// What the compiler does to a text, and what generated programs found it to do to our counts.

test("the loop instructions of a generic for have the line of its iterator", () => {
  check(`
        1| for _, n in
    loop 2 1
         |   (ipairs) { 1, 2 } do
        2|   local m = n
         | end
  `);
});

test("a constant under not is a constant", () => {
  check(`
        1| local x
        1| if not true then
        0|   x = 1
         | else
        1|   x = 2
         | end
        1| if not nil then
        1|   x = 3
         | end
        1| while not false do
        1|   x = 4
        1|   break
         | end
  `);
});

test("what begins with a loop begins as often as it is reached, not as often as the loop comes back", () => {
  check(`
        1| local n = 0
        1| if true then
        1|   repeat
    loop 2 1
        3|     n = n + 1
         |   until n == 3
         | end
  `);
});

test("jumps to a jump do not pass it", () => {
  check(`
        1| local a, b
        1| if a then
    if 0 1
        0|   b = 1
         | else
        1|   if 1 then
         |   elseif b then
         |   end
         | end
  `);
});
