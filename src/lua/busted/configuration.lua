-- What a configuration of busted's, which is a Lua file, says.

local library = {}

local function add(settings, table)
  if type(table) == "table" then
    for key, value in pairs(table) do
      if settings[key] == nil then settings[key] = value end
    end
  end
end

local function copyof(source)
  local copy = {}
  for key, value in next, source do
    copy[key] = value
  end
  return copy
end

-- The metatables of the globals and of what has one for its type.
local function metatables()
  local found = {}
  for _, each in ipairs { globals, "", 0, true, next } do
    insert(found, debug.getmetatable(each) or false)
  end
  insert(found, debug.getmetatable(nil) or false)
  return found
end

-- The tables by which a program is known to others, and copies of them as they are.
local function surroundings()
  local copies = {}
  local function add(source)
    if type(source) == "table" then copies[source] = copyof(source) end
  end
  for _, each in ipairs { globals, package.loaded, package.preload, package.searchers } do
    add(each)
  end
  for _, library in next, package.loaded do
    add(library)
  end
  local found = metatables()
  for _, each in ipairs(found) do
    add(each)
  end
  copies[found] = copyof(found)
  return copies, found
end

local function same(left, right)
  for key, value in next, left do
    if not rawequal(right[key], value) then return false end
  end
  return true
end

local function differ(copies, known)
  for index, each in ipairs(metatables()) do
    known[index] = each
  end
  for table, copy in next, copies do
    if not (same(copyof(table), copy) and same(copy, copyof(table))) then return true end
  end
  return false
end

-- What is in the place of a task, in words; nil for a table or nothing.
local function misplaced(config, task)
  local kind = type(config[task])
  if kind ~= "table" and kind ~= "nil" then return task .. " is a " .. kind end
end

-- Calls tell(key, value...) for each setting of a task, or of the default one when it is nil; nil and a message
-- when there is none, else true, whether the file changes more than its settings, and what of it counts as nothing, in
-- words, as it is no table; nil for nothing of that kind. Raises what the file raises.
function library.read(file, task, tell)
  local main, problem = loadfile(file)
  if not main then return nil, problem end
  local copies, known = surroundings()
  local config = main()
  local changes = differ(copies, known)
  if type(config) ~= "table" then return nil, "it does not return a table" end
  if task and type(config[task]) ~= "table" then
    return nil, "the task '" .. task .. "' is not found, or not a table"
  end
  local settings = {}
  add(settings, config[task or "default"])
  add(settings, config._all)
  for key, value in pairs(settings) do
    if type(value) == "table" then
      tell(key, unpack(value))
    else
      tell(key, value)
    end
  end
  return true, changes, misplaced(config, "default") or misplaced(config, "_all")
end

-- Whether any of the patterns is found in a text.
function library.finds(text, ...)
  for index = 1, select("#", ...) do
    if find(text, (select(index, ...))) then return true end
  end
  return false
end

return library
