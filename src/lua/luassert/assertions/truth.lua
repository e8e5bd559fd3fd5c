-- assert.truthy and others that look at one value, or at how many there are.

local platform = ...

local check = platform.import "luassert/check"
local setmessage = platform.import("luassert/assertions/message").set
local unique = platform.import "luassert/unique"

local truth = {}

function truth.truthy(state, list, level)
  check.count(level, list, "truthy", 1)
  setmessage(state, list[2])
  return list[1] ~= nil and list[1] ~= false
end

function truth.falsy(state, list, level)
  check.count(level, list, "falsy", 1)
  setmessage(state, list[2])
  return list[1] == nil or list[1] == false
end

-- Its own first argument is how many come behind it.
function truth.returned_arguments(_, list)
  list[1], list[2] = tostring(list[1]), tostring(list.n - 1)
  list.nofmt = { true, true }
  list.n = max(list.n, 2)
  return list[1] == list[2]
end

-- unique(list, message, deep) and unique(list, deep, message).
local function uniqueoptions(list)
  local second, third = list[2], list[3]
  if type(second) == "boolean" or (second == nil and list.n > 2) then
    return second, third
  end
  return type(third) == "boolean" and third, second
end

function truth.unique(state, list)
  local deep, message = uniqueoptions(list)
  setmessage(state, message)
  return unique(list[1], deep)
end

return truth
