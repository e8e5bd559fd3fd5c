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

-- The tables by which a program is known to others, and copies of them as they are.
local function surroundings()
  local copies = { [globals] = copyof(globals) }
  for _, each in ipairs { package.loaded, package.preload, package.searchers } do
    copies[each] = copyof(each)
  end
  for _, library in next, package.loaded do
    if type(library) == "table" then copies[library] = copyof(library) end
  end
  return { copies = copies, metatable = debug.getmetatable(globals) }
end

local function differ(before)
  if debug.getmetatable(globals) ~= before.metatable then return true end
  for table, copy in next, before.copies do
    for key, value in next, table do
      if not rawequal(copy[key], value) then return true end
    end
    for key in next, copy do
      if rawget(table, key) == nil then return true end
    end
  end
  return false
end

-- Calls tell(key, value...) for each setting of a task, or of the default one when it is nil; nil and a message
-- when there is none, else true and whether the file changes more than its settings. Raises what the file raises.
function library.read(file, task, tell)
  local main, problem = loadfile(file)
  if not main then return nil, problem end
  local before = surroundings()
  local config = main()
  local changes = differ(before)
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
  return true, changes
end

-- Whether any of the patterns is found in a text.
function library.finds(text, ...)
  for index = 1, select("#", ...) do
    if find(text, (select(index, ...))) then return true end
  end
  return false
end

return library
