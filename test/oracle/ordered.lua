-- The order of pairs and next is not the same in any two Lua implementations. Programs that are compared load
-- this first: keys come in the order of their types and texts, whatever the implementation does.
local next_, type_, tostring_, sort = next, type, tostring, table.sort

local function before(a, b)
  local ta, tb = type_(a), type_(b)
  if ta ~= tb then return ta < tb end
  if ta == "number" then return a < b end
  return tostring_(a) < tostring_(b)
end

local function sortedKeys(t)
  local keys = {}
  for key in next_, t do keys[#keys + 1] = key end
  sort(keys, before)
  return keys
end

function next(t, key)
  local keys = sortedKeys(t)
  if key == nil then key = keys[1] return key, key ~= nil and rawget(t, key) or nil end
  for i = 1, #keys do
    if rawequal(keys[i], key) then
      local following = keys[i + 1]
      if following == nil then return nil end
      return following, rawget(t, following)
    end
  end
end

function pairs(t)
  local meta = getmetatable(t)
  if meta and meta.__pairs then return meta.__pairs(t) end
  local keys, i = sortedKeys(t), 0
  return function()
    repeat
      i = i + 1
    until keys[i] == nil or rawget(t, keys[i]) ~= nil
    if keys[i] ~= nil then return keys[i], rawget(t, keys[i]) end
  end, t, nil
end
