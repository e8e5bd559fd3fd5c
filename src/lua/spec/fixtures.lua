-- Files beside the test file, whatever the current folder is: `require "busted.fixtures"`.

local platform = ...

local fixtures = {}

local separator = sub(package.config, 1, 1)

local function isAbsolute(path)
  return find(path, "^[/\\]") or find(path, "^%a:[/\\]")
end

-- Without "." and "..".
local function normalised(path)
  local anchor = match(path, "^%a:[/\\]") or match(path, "^[/\\]+") or ""
  local parts = {}
  for part in gmatch(sub(path, #anchor + 1), "[^/\\]+") do
    if part == ".." and #parts > 0 then
      remove(parts)
    elseif part ~= "." then
      insert(parts, part)
    end
  end
  return anchor .. concat(parts, separator)
end

-- The file that called us.
local function caller()
  local level = 2
  local info
  repeat
    level = level + 1
    info = debug.getinfo(level, "S")
  until not info or info.short_src ~= "[C]"
  return info and gsub(info.source, "^@", "") or ""
end

local function wrong(name, expected, value)
  error(format("bad argument to '%s' expected a string (relative filename)%s, got: %s", name, expected, type(value)), 3)
end

-- The absolute path of a file that is named relative to the test file; without a name, of its folder.
function fixtures.path(name)
  if type(name) ~= "string" and name ~= nil then wrong("path", " or nil", name) end
  if name and isAbsolute(name) then return normalised(name) end
  local file = caller()
  if not isAbsolute(file) then file = platform.folder() .. separator .. file end
  local folder = gsub(file, "[^/\\]*$", "")
  return normalised(folder .. (name or ""))
end

-- The contents of a file that is named relative to the test file.
function fixtures.read(name, isBinary)
  if type(name) ~= "string" then wrong("read", "", name) end
  local path = fixtures.path(name)
  local file, message = io.open(path, isBinary and "rb" or "r")
  if not file then error(format("Error reading file '%s': %s", path, message), 2) end
  local contents = file:read("*a")
  file:close()
  return contents
end

-- What a Lua file returns that is named relative to the test file, with or without ".lua".
function fixtures.load(name)
  if type(name) ~= "string" then wrong("load", "", name) end
  if not find(name, "%.lua$") then name = name .. ".lua" end
  local chunk, message = load(fixtures.read(name), name)
  if not chunk then error(format("Error loading code from '%s': %s", name, message), 2) end
  return chunk()
end

return fixtures
