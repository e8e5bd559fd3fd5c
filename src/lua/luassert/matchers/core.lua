-- Matchers of one value. Each is made by a function of the chain's state, its arguments and the level of its
-- caller, and is a function that says whether a value is the one.

local platform = ...

local check = platform.import "luassert/check"
local compare = platform.import "luassert/compare"
local luassert = platform.import "luassert/assert"
local method = platform.import "method"
local unique = platform.import "luassert/unique"

local core = {}

core["true"] = function()
  return function(value)
    return value == true
  end
end

core["false"] = function()
  return function(value)
    return value == false
  end
end

function core.truthy()
  return function(value)
    return value ~= nil and value ~= false
  end
end

function core.falsy()
  return function(value)
    return value == nil or value == false
  end
end

for _, name in ipairs { "nil", "boolean", "number", "string", "table", "function", "userdata", "thread" } do
  core[name] = function()
    return function(value)
      return type(value) == name
    end
  end
end

function core.equals(_, list, level)
  check.count(level, list, "equals", 1)
  return function(value)
    return value == list[1]
  end
end

core.equal = core.equals

function core.same(_, list, level)
  check.count(level, list, "same", 1)
  return function(value)
    return (compare(value, list[1], true))
  end
end

local OBJECTS = { table = true, ["function"] = true, thread = true, userdata = true }

function core.ref(_, list, level)
  check.count(level, list, "ref", 1)
  check.argument(level, OBJECTS[type(list[1])], 1, "ref", "object", type(list[1]))
  return function(value)
    return value == list[1]
  end
end

local NUMBER = "number or object convertible to a number"

function core.near(_, list, level)
  check.count(level, list, "near", 2)
  local expected, tolerance = tonumber(list[1]), tonumber(list[2])
  check.argument(level, expected, 1, "near", NUMBER, expected or check.format(list[1]))
  check.argument(level, tolerance, 2, "near", NUMBER, tolerance or check.format(list[2]))
  return function(value)
    local actual = tonumber(value)
    return actual ~= nil and actual >= expected - tolerance and actual <= expected + tolerance
  end
end

local function textof(value)
  local kind = type(value)
  local metatable = kind == "table" and getmetatable(value)
  if kind == "string" or kind == "number" or metatable and metatable.__tostring then
    return tostring(value)
  end
end

function core.matches(_, list, level)
  check.count(level, list, "matches", 1)
  local pattern, init, plain = list[1], list[2], list[3]
  check.argument(level, type(pattern) == "string", 1, "matches", "string", type(pattern))
  check.argument(level, init == nil or tonumber(init), 2, "matches", "number", type(init))
  return function(value)
    local text = textof(value)
    return text ~= nil and method("find", text, pattern, init, plain) ~= nil
  end
end

core.match = core.matches

function core.unique(_, list)
  local deep = list[1]
  return function(values)
    return unique(values, deep)
  end
end

for name, maker in pairs(core) do
  luassert:register("matcher", name, maker)
end
