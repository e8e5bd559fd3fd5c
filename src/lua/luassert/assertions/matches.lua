-- assert.matches(pattern, text, init, plain): what it captures is what it returns.

local platform = ...

local check = platform.import "luassert/check"
local message = platform.import "luassert/assertions/message"
local method = platform.import "method"
local util = platform.import "luassert/util"

local TEXT = "string or object convertible to a string"

local function textof(value)
  if util.hastostring(value) or type(value) == "number" then
    return tostring(value)
  end
end

local function search(text, pattern, init, plain)
  if not plain then
    local captures = { method("match", text, pattern, init) }
    return captures[1] ~= nil, captures
  end
  local found = method("find", text, pattern, init, plain) ~= nil
  return found, found and { pattern } or {}
end

return function(state, list, level)
  check.count(level, list, "matches", 2)
  local own, removed = message.take(list)
  local pattern, value, init, plain = list[1], list[2], list[3], list[4]
  local text = textof(value)
  check.argument(level, type(pattern) == "string", 1, "matches", "string", type(pattern))
  check.argument(level, text, 2, "matches", TEXT, text or check.format(value))
  check.argument(level, init == nil or tonumber(init), 3 + removed, "matches", "number", type(init))
  list[1], list[2] = value, pattern
  message.set(state, own)
  return search(text, pattern, init, plain)
end
