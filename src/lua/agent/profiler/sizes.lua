-- What values take in this Lua, in bytes, as it was measured when this was loaded. The collector does not run meanwhile.
local collect, create, getinfo = collectgarbage, coroutine.create, debug.getinfo
local min, next, pcall, rawlen, rep, tostring, type = math.min, next, pcall, rawlen, string.rep, tostring, type

local many = 64
local names, suffixes = {}, {}
for i = 1, many + 1 do names[i], suffixes[i] = "luacov-ts " .. i, tostring(i) end

-- Lua may make itself a buffer for the first one.
local function taken(make)
  local kept = { first = make(many + 1) }
  for i = 1, many do kept[i] = false end
  local before = collect "count"
  for i = 1, many do kept[i] = make(i) end
  return (collect "count" - before) * 1024 / many
end

local function filled(keys)
  return function()
    local t = {}
    for i = 1, many do t[keys and keys[i] or i] = true end
    return t
  end
end

local ofTable = taken(function() return {} end)
local ofItem = (taken(filled()) - ofTable) / many
local ofField = (taken(filled(names)) - ofTable) / many

-- The table of strings that Lua has may grow once meanwhile, but not twice.
local function takenByString(letter)
  local base = rep(letter, 1000)
  return taken(function(i) return base .. suffixes[i] end) - #base
end

local ofString = min(takenByString "x", takenByString "y")
local ofFunction = taken(function(i) return function() return i end end)
local ofCoroutine = taken(function() return create(taken) end)

-- A table has room for a power of two.
local function room(count)
  local room = 1
  while room < count do room = room * 2 end
  return count > 0 and room or 0
end

-- In 5.1 the length of a table is that of its items whatever its metatable says.
local length = rawlen or function(t) return #t end

local function sizeOfTable(t)
  local items, count = length(t), 0
  for _ in next, t do count = count + 1 end
  return ofTable + room(items) * ofItem + room(count - items) * ofField
end

-- 5.1 does not tell, and no other one of light userdata, which is a mere address.
local function sizeOfUserdata(data)
  local ok, own = pcall(rawlen, data)
  return ofTable + (ok and own or 0)
end

local sizes = {
  table = sizeOfTable,
  string = function(text) return ofString + #text end,
  ["function"] = function(fn) return getinfo(fn, "S").what == "C" and ofTable or ofFunction end,
  thread = function() return ofCoroutine end,
  userdata = sizeOfUserdata,
}

-- The size of a value without what it refers to; nil for what takes nothing by itself.
return function(value)
  local sizeOf = sizes[type(value)]
  return sizeOf and sizeOf(value)
end
