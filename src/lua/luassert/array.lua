-- assert.array(list).has.no.holes(length): the first hole is what it returns.

local platform = ...

local luassert = platform.import "luassert/assert"
local say = platform.import "say"

-- The key in the state of a chain.
local ARRAY = "__array_state"

local function array(state, list)
  luassert(list.n > 0, "No array provided to the array-modifier", luassert:level(4))
  luassert(rawget(state, ARRAY) == nil, "Array already set", luassert:level(4))
  rawset(state, ARRAY, list[1])
  return state
end

-- The greatest index that is a whole number.
local function lengthof(values)
  local length = 0
  for key in pairs(values) do
    if type(key) == "number" and key > length and floor(key) == key then
      length = key
    end
  end
  return length
end

local function firsthole(values, length)
  for i = 1, length do
    if values[i] == nil then
      return i
    end
  end
end

local NONE = "No array set, please use the array modifier to set the array to validate"

local function holes(state, list)
  local values, length = rawget(state, ARRAY), list[1]
  luassert(values ~= nil, NONE, luassert:level(3))
  if length == nil then
    length = lengthof(values)
  end
  local text = "expected array length to be of type 'number', got: " .. tostring(length)
  luassert(type(length) == "number", text, luassert:level(3))
  local missing = firsthole(values, length)
  list[1], list.n = missing, missing and 1 or 0
  return missing ~= nil, { missing }
end

say:set("assertion.array_holes.positive", "Expected array to have holes, but none was found.\n")
say:set("assertion.array_holes.negative", "Expected array to not have holes, hole found at position: %s\n")

luassert:register("assertion", "holes", holes, "assertion.array_holes.positive", "assertion.array_holes.negative")
luassert:register("modifier", "array", array)
