-- What holds the memory: whatever a program can reach is held by what leads there first, on the shortest way from a module or a global,
-- else from a local of what runs, else from the registry.
local functions, sizeOf, paths = ...
local collect, loaded, registry = collectgarbage, package.loaded, debug.getregistry and debug.getregistry() or {}
local getinfo, getlocal, getmetatable, getupvalue = debug.getinfo, debug.getlocal, debug.getmetatable, debug.getupvalue
local byte, find, match, sort, next, rawget, type = string.byte, string.find, string.match, table.sort, next, rawget, type
local running = coroutine.running
local globals = loaded._G

-- How many are told. One of which nearly all is held by one thing below it says no more than that one.
local most, nearly = 50, 0.9
-- A look is worth its time where so much more is held than at the last one, and so much is worth a word.
local growth, least = 1.25, 16 * 1024
-- Or where it does not grow any more.
local steady = 1.02
local parenthesis = byte "("

local holders = {}
-- How much was held before the program began, at the last look, and when there might have been one, in bytes; and what held it.
local base, held, before, rows = 0, 0, 0, {}

-- What was found, in order: the values, who holds each, by which kind of reference and key, and how large it is.
local function newFound()
  return { count = 0, values = {}, parents = {}, kinds = {}, keys = {}, sizes = {}, seen = { [loaded] = true, [globals] = true } }
end

local function add(found, parent, kind, key, value)
  local what = type(value)
  if value == nil or what == "number" or what == "boolean" or found.seen[value] then return end
  if what == "function" and functions.isOwn(value) then return end
  local size = sizeOf(value)
  if not size then return end
  local at = found.count + 1
  found.count, found.seen[value] = at, true
  found.values[at], found.parents[at], found.kinds[at], found.keys[at], found.sizes[at] = value, parent, kind, key, size
end

local function addFields(found, at, fields)
  local meta = getmetatable(fields)
  local mode = type(meta) == "table" and rawget(meta, "__mode")
  local isWeak = type(mode) == "string"
  for key, value in next, fields do
    if not (isWeak and find(mode, "v", 1, true)) then add(found, at, "field", key, value) end
    if not (isWeak and find(mode, "k", 1, true)) then add(found, at, "key", key, key) end
  end
  add(found, at, "metatable", nil, meta)
end

local function addUpvalues(found, at, fn)
  local i = 1
  local name, value = getupvalue(fn, i)
  while name do
    add(found, at, "upvalue", name, value)
    i = i + 1
    name, value = getupvalue(fn, i)
  end
end

-- What has no name is an argument or a result on its way, which somebody else may hold as well: that is for later.
local function addLocals(found, at, kind, level, thread, unnamed)
  local i = 0
  repeat
    i = i + 1
    local name, value
    if thread then name, value = getlocal(thread, level, i) else name, value = getlocal(level + 1, i) end
    if name and byte(name) == parenthesis then unnamed[#unnamed + 1] = { kind = kind, name = name, value = value }
    elseif name then add(found, at, kind, name, value) end
  until not name
end

local function addUnnamed(found, at, unnamed)
  for i = 1, #unnamed do add(found, at, unnamed[i].kind, unnamed[i].name, unnamed[i].value) end
end

local function addThread(found, at, thread)
  -- What runs has been looked at, and is in here.
  if thread == running() then return end
  local level, unnamed = 0, {}
  local info = getinfo(thread, level, "f")
  while info do
    if not functions.isOwn(info.func) then addLocals(found, at, "local", level, thread, unnamed) end
    add(found, at, "function", nil, info.func)
    level = level + 1
    info = getinfo(thread, level, "f")
  end
  addUnnamed(found, at, unnamed)
end

local below = {
  table = addFields,
  ["function"] = addUpvalues,
  thread = addThread,
  userdata = function(found, at, data)
    add(found, at, "metatable", nil, getmetatable(data))
  end,
}

local function addRunning(found)
  local level, unnamed = 1, {}
  local info = getinfo(level, "fSl")
  while info do
    if info.func and not functions.isOwn(info.func) then
      addLocals(found, 0, paths.ofRunning(info), level, nil, unnamed)
      add(found, 0, "running", paths.ofRunning(info), info.func)
    end
    level = level + 1
    info = getinfo(level, "fSl")
  end
  addUnnamed(found, 0, unnamed)
end

-- Ours, and where Lua keeps the hooks of coroutines: 5.2 by the first name, 5.4 and 5.5 by the second.
local function isHidden(key)
  return key == "_HKEY" or key == "_HOOKKEY" or type(key) == "string" and match(key, "^luacov%-ts")
end

local roots = {
  -- What has a name for all of the program comes before what runs just now.
  function(found)
    for name, module in next, loaded do add(found, 0, "module", name, module) end
    for name, value in next, globals do add(found, 0, "global", name, value) end
  end,
  addRunning,
  function(found)
    for key, value in next, registry do
      if not isHidden(key) then add(found, 0, "registry", key, value) end
    end
  end,
}

local function findAll()
  local found = newFound()
  local at = 1
  for i = 1, #roots do
    roots[i](found)
    while at <= found.count do
      local value = found.values[at]
      local addBelow = below[type(value)]
      if addBelow then addBelow(found, at, value) end
      at = at + 1
    end
  end
  return found
end

-- By place: all that is held, how much of it by the largest one below, and how many values that are.
local function sums(found)
  local all, largest, counts = {}, {}, {}
  for at = 1, found.count do all[at], largest[at], counts[at] = found.sizes[at], 0, 1 end
  for at = found.count, 1, -1 do
    local parent = found.parents[at]
    if parent > 0 then
      all[parent], counts[parent] = all[parent] + all[at], counts[parent] + counts[at]
      if all[at] > largest[parent] then largest[parent] = all[at] end
    end
  end
  return all, largest, counts
end

local function largestOf(found)
  local all, largest, counts = sums(found)
  local places = {}
  for at = 1, found.count do
    if all[at] >= least and all[at] * 100 >= held and largest[at] < nearly * all[at] then places[#places + 1] = at end
  end
  sort(places, function(a, b)
    if all[a] ~= all[b] then return all[a] > all[b] end
    return a < b
  end)
  local result = {}
  for i = 1, #places < most and #places or most do
    local at = places[i]
    result[i] = { bytes = all[at], count = counts[at], path = paths.of(found, at) }
  end
  return result
end

-- A program begins where so much is held already.
function holders.begin(now)
  base = now
end

-- Where so much is held, in bytes, after what is garbage was freed. The last time, as much as before is worth it, since what the
-- program has then has its last name. What this needs is garbage afterwards.
function holders.look(now, isLast)
  now = now - base
  local isMore = now >= (isLast and held / steady or held * growth + least)
  local isSteady = now > held * steady and now <= before * steady
  before = now
  if not isMore and not isSteady then return end
  held = now
  rows = largestOf(findAll())
  collect "collect"
  collect "stop"
end

-- A row for what is held in all, and one for each holder: bytes, how many values, and the way there.
function holders.rows(add)
  if held <= 0 then return end
  add(("held %.0f"):format(held))
  for i = 1, #rows do add(("holder %.0f %d %s"):format(rows[i].bytes, rows[i].count, rows[i].path)) end
end

-- What a fork has of its parent is its own, too, but what its parent told of it is not.
function holders.forget()
  held, before, rows = 0, 0, {}
end

return holders
