-- Assertions about the error that a function raises. They return it, and their other arguments.

local platform = ...

local check = platform.import "luassert/check"
local compare = platform.import "luassert/compare"
local message = platform.import "luassert/assertions/message"
local method = platform.import "method"
local shallow = platform.import("luassert/copy").shallow
local util = platform.import "luassert/util"

local CALLABLE = "function or callable object"

-- Without the position at its start.
local function withoutposition(caught)
  if type(caught) ~= "string" then
    return caught
  end
  return (gsub(caught, "^.-:%d+: ", "", 1))
end

-- What the message shows: texts are not formatted.
local function show(list, ok, caught, expected, isgeneral)
  list.n = 2
  list[1], list[2] = caught, expected
  if ok then
    list[1] = "(no error)"
  end
  if isgeneral then
    list[2] = "(error)"
  end
  list.nofmt = { ok, isgeneral }
end

local function isexpected(caught, expected)
  if type(expected) == "string" and type(caught) == "string" then
    return caught == expected
  elseif type(expected) == "number" and type(caught) == "string" then
    return tostring(expected) == tostring(tonumber(caught))
  end
  return (compare(expected, caught, true))
end

local function error_(state, list, level)
  local results = shallow(list)
  local callable, expected, own = list[1], list[2], list[3]
  check.argument(level, util.callable(callable), 1, "error", CALLABLE, type(callable))
  local ok, caught = pcall(callable)
  caught = withoutposition(caught)
  show(list, ok, caught, expected, expected == nil)
  message.set(state, own)
  results[1] = caught
  if ok or expected == nil then
    return not ok, results
  end
  if type(expected) == "string" and util.hastostring(caught) then
    caught = tostring(caught)
    results[1] = caught
  end
  return isexpected(caught, expected), results
end

local function textof(value)
  if util.hastostring(value) or type(value) == "number" or type(value) == "boolean" then
    return tostring(value)
  end
end

-- Whether a pattern is in a text, and what is returned then.
local function search(text, pattern, init, plain)
  if plain then
    return method("find", text, pattern, init, plain) ~= nil, { pattern }
  end
  local captures = { method("match", text, pattern, init) }
  return captures[1] ~= nil, captures
end

local function error_matches(state, list, level)
  local results = shallow(list)
  local callable, pattern = list[1], list[2]
  check.count(level, list, "error_matches", 2)
  check.argument(level, util.callable(callable), 1, "error_matches", CALLABLE, type(callable))
  check.argument(level, pattern == nil or type(pattern) == "string", 2, "error", "string", type(pattern))
  local own, removed = message.take(list)
  local init, plain = list[3], list[4]
  check.argument(level, init == nil or tonumber(init), 3 + removed, "matches", "number", type(init))

  local ok, caught = pcall(callable)
  caught = withoutposition(caught)
  results[1] = caught
  show(list, ok, caught, pattern, false)
  message.set(state, own)
  if ok then
    return false, results
  elseif caught == nil and pattern == nil then
    return true, {}
  end
  local text = textof(caught)
  if not text then
    return false, results
  end
  results[1] = text
  local found, captures = search(text, pattern, init, plain)
  return found, found and captures or results
end

return {
  error = error_,
  errors = error_,
  error_matches = error_matches,
  error_match = error_matches,
  matches_error = error_matches,
  match_error = error_matches,
}
