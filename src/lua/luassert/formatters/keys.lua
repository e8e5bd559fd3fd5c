-- The keys of a table in the order in which a reader looks for them: the list, then by type, then by value.

local PRIORITIES = { number = 1, boolean = 2, string = 3, table = 4, ["function"] = 5, userdata = 6, thread = 7 }

local function inlist(key, length)
  return type(key) == "number" and key >= 1 and key <= length and floor(key) == key
end

local function mixed(keys, length)
  local priorities = {}
  for _, key in ipairs(keys) do
    priorities[key] = inlist(key, length) and 0 or PRIORITIES[type(key)] or 8
  end
  sort(keys, function(left, right)
    local first, second = priorities[left], priorities[right]
    if first ~= second then
      return first < second
    end
    local kind = type(left)
    if kind == "string" or kind == "number" then
      return left < right
    end
    return kind == "boolean" and left
  end)
end

return function(values)
  local keys = {}
  local islist, aretexts = true, true
  for key in pairs(values) do
    insert(keys, key)
    islist = islist and key == #keys
    aretexts = aretexts and type(key) == "string"
  end
  local length = #values
  if aretexts then
    sort(keys)
  elseif not (islist and #keys == length) then
    mixed(keys, length)
  end
  return keys
end
