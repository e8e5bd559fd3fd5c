import { test } from "vitest";
import { check } from "../support/listing.js";

test("an untaken branch", () => {
  check(`
     1| if 10 > 100 then
    if 0 1
     0|   print("unreachable")
      | else
     1|   local x = 1
      | end
  `);
});

test("a loop begins once, its body in each round", () => {
  check(`
     1| local sum = 0
     1| for i = 1, 3 do
    loop 3 1
     3|   sum = sum + i
      | end
     1| while sum > 4 do
    loop 2 1
     2|   sum = sum - 1
      | end
     1| repeat
    loop 2 1
     3|   sum = sum + 1
     3|   local enough = sum >= 7
      | until enough
     1| for k, v in next, { 10, 20 } do
    loop 2 1
     2|   sum = sum + v
      | end
  `);
});

test("several statements on a line have their own counts", () => {
  check(`
     1 1 2 2| local n = 0; local function f() n = n + 1 return n end
     1 2 2| for i = 1, 2 do n = f() n = n end
    loop 2 1
     1 0| if n > 5 then n = 0 end
    if 0 1
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

test("locals without a value, also those that share an instruction", () => {
  check(`
     1| local a
     1| local b
     1| local c, d = nil
     1| local function f(x)
     2|   local y
     2|   local z = nil
     2|   do local w end
     2|   return y, z
      | end
     1 1| f() f()
  `);
});

test("calls, tables, strings and chains over several lines count where they begin", () => {
  check(`
      1 5| local function call(...) return ... end
        1| call(
         |   1,
         |   2
         | )
        1| local t = {
         |   a = 1,
         |   b = call(
         |     2
         |   ),
         |   c = function()
        0|     return 3
         |   end,
         |   [call "d"] = { 4,
         |     5 },
         | }
        1| local s = ("x")
         |   :rep(3)
         |   :upper()
        1| local text = "a"
         |   .. "b"
         |   .. [[
         | long
         | string]]
        1| local sum = 1 +
         |   2 *
         |   #s
        1| if call(
    if 1 0
    binary-expr 1 1 true 1 1
         |     true
         |   ) and
         |   t.a == 1
         | then
        1|   call()
         | end
        1| return
         |   t,
         |   s
  `);
});

test("break and goto, whatever is before them", () => {
  check(`
        1| local function f(a, b)
        4|   while true do
        4|     if a then
    if 2 2
        2|       b = not b
         |     end
        4|     break
         |   end
        4|   while true do
        6|     if b then
    if 2 4
        2|       b = false
         |     else
        4|       break
         |     end
        2|     while a do
    loop 1 2
        1|       a = false
         |     end
      2 2|     if not a then goto again end
    if 2 0
        0|     break
         |     ::again::
         |   end
        4|   for i = 1, 3 do
    loop 6 1
      6 1|     if i == 2 then goto continue end
    if 1 5
    5 2 3|     if a then b = 1 else goto out end
    if 2 3
         |     ::continue::
         |   end
         |   ::out::
        4|   for i = 1, 3 do
    loop 8 0
      8 4|     if i == 2 then break end
    if 4 4
         |   end
        4|   repeat
      4 3|     if not b then break end
    if 3 1
  1 1 0 1|     do local up = 1; a = function() return up end break end
         |   until false
        4|   do goto skip end
         |   b = "unreachable"
         |   ::skip::
        4|   return a
         | end
  1 1 1 1| f(true, true) f(true, false) f(false, true) f(false, false)
  `);
});

test("code that cannot be reached is no statement, code behind error is", () => {
  check(`
        1| local function fails()
        1|   error("always")
        0|   print("behind an error")
         | end
        1| pcall(fails)
        1| local function endless(n)
        1|   while true do
        2|     n = n - 1
      2 1|     if n == 0 then return n end
    if 1 1
         |   end
         |   print("behind an endless loop")
         | end
        1| endless(2)
        1| local function both(x)
    1 1 0|   if x then return 1 else return 2 end
    if 1 0
         |   print("behind two returns")
         | end
        1| both(true)
  `);
});

test("a loop at the start of a function is no call", () => {
  check(`
        1| local function count(n)
      2 4|   repeat n = n - 1 until n <= 0
    loop 2 2
        2|   return n
         | end
        1| local function tail(n)
        3|   while n > 0 do
    loop 2 1
        2|     return tail(n - 1)
         |   end
         | end
        1| local function first(t)
      2 1|   for k in pairs(t) do return k end
    loop 1 1
         | end
      1 1| count(3) count(1)
        1| tail(2)
      1 1| first({ 1 }) first({})
  `);
});
