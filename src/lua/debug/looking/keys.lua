-- The entries of a table in an order that is the same each time: from 1 on, then by type and value, as far as they can be compared.
-- Nothing here calls what a program has put into metatables.
local floor, sort = math.floor, table.sort
local next, rawget, type = next, rawget, type

-- Of more than that, in the order in which Lua has them.
local mostSorted = 10000

local keys = {}

local order = { boolean = 1, number = 2, string = 3 }

local function isBefore(a, b)
  local first, second = order[type(a)] or 4, order[type(b)] or 4
  if first ~= second then return first < second end
  if first == 2 or first == 3 then return a < b end
  if first == 1 then return b and not a end
  return type(a) < type(b)
end

-- How long its sequence is, looked at by steps that grow.
function keys.length(values)
  if rawget(values, 1) == nil then return 0 end
  local known, beyond = 1, 2
  while rawget(values, beyond) ~= nil do known, beyond = beyond, beyond * 2 end
  while beyond - known > 1 do
    local middle = floor((known + beyond) / 2)
    if rawget(values, middle) ~= nil then known = middle else beyond = middle end
  end
  return known
end

-- Returns how long the sequence is, and a list of all other keys.
function keys.of(values)
  local length, others = keys.length(values), {}
  for key in next, values do
    local isIndex = type(key) == "number" and key >= 1 and key <= length and floor(key) == key
    if not isIndex then others[#others + 1] = key end
  end
  if #others <= mostSorted then sort(others, isBefore) end
  return length, others
end

function keys.count(values)
  local count = 0
  for _ in next, values do count = count + 1 end
  return count
end

-- Whether there are more entries than so many; it looks at no more.
function keys.areMore(values, most)
  local count = 0
  for _ in next, values do
    count = count + 1
    if count > most then return true end
  end
  return false
end

return keys
