-- Copies of values.

local platform = ...

local copy = {}

function copy.shallow(value)
  if type(value) ~= "table" then
    return value
  end
  local result = setmetatable({}, getmetatable(value))
  for key, each in next, value do
    result[key] = each
  end
  return result
end

-- Spies stay themselves. `copies` has those of the tables that were met already; metatables are copied only if
-- `copies_metatables`.
function copy.deep(value, copies_metatables, copies)
  if type(value) ~= "table" then
    return value
  end
  copies = copies or {}
  if copies[value] then
    return copies[value]
  end
  local is_spy = platform.import("luassert/spy").is_spy
  local result = {}
  copies[value] = result
  for key, each in next, value do
    result[key] = is_spy(each) and each or copy.deep(each, copies_metatables, copies)
  end
  local metatable = debug.getmetatable(value)
  debug.setmetatable(result, copies_metatables and copy.deep(metatable, false, copies) or metatable)
  return result
end

-- A list of arguments as it is now, its values copied, and with the values themselves.
function copy.arguments(list)
  local is_spy, is_matcher = platform.import("luassert/spy").is_spy, platform.import("luassert/match").is_matcher
  local values = setmetatable({}, getmetatable(list))
  for key, each in pairs(list) do
    values[key] = (is_matcher(each) or is_spy(each)) and each or copy.deep(each)
  end
  return { vals = values, refs = copy.shallow(list) }
end

return copy
