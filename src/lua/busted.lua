-- What a configuration of busted's, which is a Lua file, says.

local library = {}

local function add(settings, table)
  if type(table) == "table" then
    for key, value in pairs(table) do
      if settings[key] == nil then settings[key] = value end
    end
  end
end

-- Calls tell(key, value...) for each setting of a task, or of the default one when it is nil; nil and a message
-- when there is none. Raises what the file raises.
function library.read(file, task, tell)
  local main, problem = loadfile(file)
  if not main then return nil, problem end
  local config = main()
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
  return true
end

-- Whether any of the patterns is found in a text.
function library.finds(text, ...)
  for index = 1, select("#", ...) do
    if find(text, (select(index, ...))) then return true end
  end
  return false
end

return library
