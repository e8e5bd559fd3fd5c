-- Functions of later Luas that specs and what they test find in earlier ones under busted, since a library that it loads puts them
-- there: what passes under busted may rely on them, and takes another way where they are missing.

local function pack(...)
  return { n = select("#", ...), ... }
end

local function refuse(number, value)
  error("bad argument #" .. number .. " to 'searchpath' (string expected, got " .. type(value) .. ")", 3)
end

-- A text with each occurrence of another in it replaced.
local function replaced(text, what, by)
  local pieces, from = {}, 1
  local first, last = find(text, what, from, true)
  while first and last >= first do
    insert(pieces, sub(text, from, first - 1))
    from = last + 1
    first, last = find(text, what, from, true)
  end
  insert(pieces, sub(text, from))
  return concat(pieces, by)
end

-- It opens files as a program does when tests begin, so that somebody may note what is looked for.
local open

local function searchpath(name, path, separator, directory)
  if type(name) ~= "string" then refuse(1, name) end
  if type(path) ~= "string" then refuse(2, path) end
  if separator ~= nil and type(separator) ~= "string" then refuse(3, separator) end
  if directory ~= nil and type(directory) ~= "string" then refuse(4, directory) end
  local own = sub(package.config or "/", 1, 1)
  local asFile = replaced(name, separator or ".", directory or own)
  local tried = {}
  for template in gmatch(path, "[^;]+") do
    local candidate = replaced(template, "?", asFile)
    local file = open(candidate, "r")
    if file then
      file:close()
      return candidate
    end
    insert(tried, "\n\tno file '" .. candidate .. "'")
  end
  return nil, concat(tried)
end

local function newWarn()
  local isOn = false
  return function(message, ...)
    if message == "@on" or message == "@off" then isOn = message == "@on"
    elseif isOn and not (type(message) == "string" and sub(message, 1, 1) == "@" and select("#", ...) == 0) then
      io.stderr:write("Lua warning: ", message, ...)
      io.stderr:write "\n"
    end
  end
end

local function add(library, name, value)
  if type(library) == "table" and rawget(library, name) == nil then rawset(library, name, value) end
end

return function()
  local library = rawget(globals, "table")
  add(library, "pack", pack)
  add(library, "unpack", rawget(globals, "unpack"))
  open = globals.io.open
  add(package, "searchpath", searchpath)
  add(globals, "warn", newWarn())
end
