import { test } from "vitest";
import { check } from "../support/listing.js";

test("if, elseif and else, also where the else is implicit", () => {
  check(`
        1| local function f(n)
        4|   if n == 1 then
    if 1 3
        1|     n = 10
         |   elseif n == 2 then
    if 2 1
        2|     n = 20
         |   elseif n > 2 then
    if 0 1
        0|     n = 30
         |   end
      4 4|   if n then n = 1 end
    if 4 0
        4|   if n then
    if 4 0
        4|     n = 2
         |   else
        0|     n = 3
         |   end
        4|   if not n then
    if 0 4
        4|   else n = 4 end
         | end
  1 1 1 1| f(1) f(2) f(2) f(0)
  `);
});

test("operands of and, or and not, in conditions", () => {
  check(`
        1| local function f(a, b, c)
      3 3|   if a and b or not c then c = 1 end
    if 3 0
    binary-expr 3 2 1 true 2 2 0
      3 1|   if not (a or b) then c = 2 end
    if 1 2
    binary-expr 3 1 true 2 0
      3 2|   if not not a then c = 3 end
    if 2 1
      3 3|   if not (a and not b) then c = 4 end
    if 3 0
    binary-expr 3 2 true 2 2
      3 2|   while a and a ~= c do a = c end
    loop 2 3
    binary-expr 5 4 true 4 2
      3 3|   repeat b = not b until b or c
    loop 0 3
    binary-expr 3 2 true 1 2
         | end
    1 1 1| f(1, 2, 3) f(nil, false, nil) f(1, 1, false)
  `);
});

test("operands of and, or and not, as values", () => {
  check(`
      1 6| local function call(...) return ... end
        1| local function f(a, b, c)
        3|   local v = a and b
    binary-expr 3 2 true 2
        3|   local w = a or b == c
    binary-expr 3 1 true 2 0
        3|   local x = (a and b) == (b or c)
    binary-expr 3 2 true 2
    binary-expr 3 1 true 2
        3|   call(a and b, { a or b, k = a and not b })
    binary-expr 3 2 true 2
    binary-expr 3 1 true 2
    binary-expr 3 2 true 2
        3|   c = call(not (a and b) or c)
    binary-expr 3 2 2 true 2 2
        3|   return a and b or c
    binary-expr 3 2 1 true 2 2
         | end
    1 1 1| f(1, 2, 3) f(nil, false, nil) f(1, 1, false)
  `);
});

test("comparisons of all kinds", () => {
  check(`
        1| local function f(a, b)
      3 1|   if a == b then return "==" end
    if 1 2
      2 1|   if a ~= b and a < b then return "<" end
    if 1 1
    binary-expr 2 2 true 2 1
      1 1|   if not (a <= b) and a > b and a >= b then return ">" end
    if 1 0
    binary-expr 1 1 1 true 0 1 1
        0|   return not (a == b)
         | end
    1 1 1| f(1, 1) f(1, 2) f(2, 1)
  `);
});

test("a constant condition is no branch", () => {
  check(`
        1| local function call() end
      1 0| if nil then call() end
      1 1| if 1 then call() end
      1 1| if not nil then call() end
      1 1| if -1 < 0 then call() end
    if 1 0
      1 0| while false do call() end
      1 1| while true do break end
      1 1| repeat call() until true
      1 1| repeat break until nil
        1| local yes = true and call
  `);
});

test("arms that share an instruction are left out", () => {
  check(`
        1| local function call() end
        1| if call() then end
        1| if call() and call then end
      1 1| if call() then else call() end
    if 0 1
        1| for i = 1, 0 do end
    loop 0 1
        1| for i = 1, 2 do end
    loop 2 1
      1 0| for _ in pairs {} do call() end
    loop 0 1
  `);
});

test("a loop that is left by break, return or an error did not end", () => {
  check(`
        1| local function f(how)
        4|   for i = 1, 2 do
    loop 5 1
      5 1|     if how == "return" then return end
    if 1 4
      4 1|     if how == "error" then error("out") end
    if 1 3
      3 1|     if how == "break" then break end
    if 1 2
         |   end
        2|   for _, v in ipairs { 1, 2 } do
    loop 3 1
      3 1|     if how == "break" then break end
    if 1 2
         |   end
        2|   local n = 0
        2|   while n < 2 do
    loop 3 1
        3|     n = n + 1
      3 1|     if how == "break" then break end
    if 1 2
         |   end
        2|   repeat
    loop 2 1
        4|     n = n - 1
      4 1|     if how == "break" then break end
    if 1 3
         |   until n < 0
         | end
  1 1 1 1| f("return") pcall(f, "error") f("break") f("end")
  `);
});

test("a comparison that raises counts for neither side", () => {
  check(`
        1| local broken = setmetatable({}, {
        1|   __lt = function() error("no order") end,
        0|   __eq = function() error("no equality") end,
         | })
        1| local other = setmetatable({}, getmetatable(broken))
        1| local function f(a, b)
      4 1|   if a < b then return 1 end
    if 1 1
        1|   return a == b and 2 or 3
    binary-expr 1 0 1 true 0
         | end
      1 1| f(1, 2) f(2, 1)
        1| pcall(f, broken, other)
        1| pcall(f, nil, 1)
  `);
});

test("yields and calls inside a comparison do not come between", () => {
  check(`
        1| local meta = {}
        1| function meta.__lt(a, b)
        3|   coroutine.yield("lt")
        3|   return a.n < b.n
         | end
        1| function meta.__eq(a, b)
      2 2|   if a.n then coroutine.yield("eq") end
    if 2 0
        2|   return a.n == b.n
         | end
      1 6| local function box(n) return setmetatable({ n = n }, meta) end
        1| local function f(a, b)
      3 1|   if a < b then return "less" end
    if 1 2
      2 1|   if a == b then return "equal" end
    if 1 1
        1|   return "more"
         | end
        1| for _, pair in ipairs { { 1, 2 }, { 2, 2 }, { 3, 2 } } do
    loop 3 1
        3|   local thread = coroutine.wrap(f)
        3|   local step = thread(box(pair[1]), box(pair[2]))
      3 5|   repeat step = thread() until step ~= "eq" and step ~= "lt"
    loop 2 3
    binary-expr 5 3 true 3 3
         | end
  `);
});

test("an iterator that yields", () => {
  check(`
        1| local function numbers(n)
        1|   return function()
        3|     coroutine.yield()
        3|     n = n - 1
      3 2|     if n >= 0 then return n end
    if 2 1
         |   end
         | end
        1| local thread = coroutine.wrap(function()
        1|   for i in numbers(2) do
    loop 2 1
        2|     local x = i
         |   end
        1|   return "done"
         | end)
        1| repeat until thread() == "done"
    loop 3 1
  `);
});

test("an operand whose value stays in its variable is told by its truth", () => {
  check(`
       1| local function f(a, b)
       3|   a = a or b
    binary-expr 3 2 true 1
       3|   b = b and a or b
    binary-expr 3 2 1 true 2 2
       3|   a = a == b and b or a
    binary-expr 3 3 1 true 3 2
       3|   return a, b
        | end
       1| f()
       1| f(1, 2)
       1| f(false, 3)`);
});
