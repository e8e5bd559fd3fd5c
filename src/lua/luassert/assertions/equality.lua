-- Assertions that compare what is expected with what there is: their messages tell the latter first.

local platform = ...

local check = platform.import "luassert/check"
local compare = platform.import "luassert/compare"
local setmessage = platform.import("luassert/assertions/message").set

local equality = {}

local function swap(list)
  list[1], list[2] = list[2], list[1]
end

function equality.equals(state, list, level)
  check.count(level, list, "equals", 2)
  local holds = list[1] == list[2]
  swap(list)
  setmessage(state, list[3])
  return holds
end

function equality.same(state, list, level)
  check.count(level, list, "same", 2)
  local holds, keys = compare(list[1], list[2], true)
  swap(list)
  if type(list[1]) == "table" and type(list[2]) == "table" then
    list.fmtargs = { { crumbs = keys }, { crumbs = keys } }
  end
  setmessage(state, list[3])
  return holds
end

local NUMBER = "number or object convertible to a number"

function equality.near(state, list, level)
  check.count(level, list, "near", 3)
  local numbers = {}
  for i = 1, 3 do
    numbers[i] = tonumber(list[i])
  end
  for i = 1, 3 do
    check.argument(level, numbers[i], i, "near", NUMBER, numbers[i] or check.format(list[i]))
  end
  swap(list)
  local expected, actual, tolerance = unpack(numbers, 1, 3)
  list[3] = tolerance
  list.nofmt = { [3] = true }
  setmessage(state, list[4])
  return actual >= expected - tolerance and actual <= expected + tolerance
end

return equality
