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

test("a loop's way back, and a jump behind a statement, are no rounds of the statement before them", () => {
  check(`
            1| local n = 0
    1 80 80 8| local function tick() n = n + 1 if n % 10 == 0 then error("out") end end
    if 8 72
       1 1 10| pcall(function() while true do tick() end end)
     1 1 10 9| pcall(function() while 2 + 3 do local x = tick() goto on ::on:: end end)
    1 1 10 10| pcall(function() while true do if n then tick() end end end)
    if 10 0
  1 1 10 10 9| pcall(function() while true do if n then tick() end goto on ::on:: end end)
    if 10 0
    1 1 10 10| pcall(function() while true do for _ = 1, 1 do tick() end end end)
    loop 10 9
  1 1 10 10 9| pcall(function() while true do repeat tick() until true goto on ::on:: end end)
  1 1 10 10 9| pcall(function() while true do while true do tick() break end end end)
     1 1 1 10| pcall(function() if true then while true do tick() end end end)`);
});

test("what stands behind a break tells nothing of the loop", () => {
  check(`
       1| local n = 0
     1 1| while "x" do break n = 1 end
     1 1| while true do do break end n = 1 end
       1| return n`);
});
