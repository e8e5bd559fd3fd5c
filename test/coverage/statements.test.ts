import { test } from "vitest";
import { check } from "../support/listing.js";

test("an untaken branch", () => {
  check(`
     1| if 10 > 100 then
     0|   print("unreachable")
      | else
     1|   local x = 1
      | end
  `);
});

test("a loop", () => {
  check(`
     1| local sum = 0
     1| for i = 1, 3 do
     3|   sum = sum + i
      | end
  `);
});

test("a coroutine", () => {
  check(`
     1| local step = coroutine.wrap(function()
     1|   coroutine.yield(1)
     1|   coroutine.yield(2)
     0|   print("never resumed")
      | end)
     1| step()
     1| step()
  `);
});
