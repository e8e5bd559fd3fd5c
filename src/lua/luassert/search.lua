-- Looks for calls by their arguments, of which any may be described by a matcher.

local platform = ...

local compare = platform.import "luassert/compare"
local arguments = platform.import "luassert/arguments"

local search = {}

-- Matchers for references get the value that was passed, all others the copy of it.
local function suits(value, reference, expected, match)
  if match.is_matcher(expected) then
    if match.is_ref_matcher(expected) then
      value = reference
    end
    return expected(value)
  end
  return expected ~= nil and compare(value, expected)
end

local function allsuit(values, references, expected)
  local match = platform.import "luassert/match"
  for index, value in pairs(values) do
    if not suits(value, references[index], expected[index], match) then
      return false
    end
  end
  for index, each in pairs(expected) do
    if values[index] == nil and not (match.is_matcher(each) and each(nil)) then
      return false
    end
  end
  return true
end

-- The last of the calls that suits; nil if none does.
function search.last(calls, expected)
  if arguments.is_arglist(calls) then
    error("expected a list of arglist-object, got an arglist", 0)
  end
  for i = #calls, 1, -1 do
    local call = calls[i]
    if allsuit(call.vals, call.refs, expected) then
      return call
    end
  end
  return nil
end

-- The first of some descriptions that suits a call.
function search.description(descriptions, list)
  for _, description in ipairs(descriptions) do
    if allsuit(list, list, description.vals) then
      return description
    end
  end
  return nil
end

return search
