-- What a trace says of functions, and which of them it is about. It describes a function as
--
-- - `isOurs`, `isC`; `isCatcher`: whether it catches errors; `hidesC`: whether what it calls in C is none of the program's, or how it does its own work;
-- - `name`; `file`, which is before the line of a place; `place`, where it is defined; `source`, the name of its chunk;
-- - `isFile`: whether its file is one of those that are asked for; `isNamed`: whether its calls are.
local functions, request, texts = ...
local getinfo, getlocal = debug.getinfo, debug.getlocal
local find, gsub, match, sub = string.find, string.gsub, string.match, string.sub
local setmetatable, type = setmetatable, type

local known = setmetatable({}, { __mode = "k" })
local byPlace = {}
local catchers = { pcall = true, xpcall = true }

-- A file as seen from the current folder.
local function seen(name)
  local file = gsub(gsub(name, "\\", "/"), "^%./", "")
  local root = request.root .. "/"
  return sub(file, 1, #root) == root and sub(file, #root + 1) or file
end

local function matchesAny(file, patterns)
  for i = 1, #patterns do
    if find(file, patterns[i]) then return true end
  end
  return false
end

local function isAsked(file)
  return (#request.files == 0 or matchesAny(file, request.files)) and not matchesAny(file, request.others)
end

-- By its whole name, or what is behind its last dot or colon.
local function isNamed(name)
  local names = request.functions
  for i = 1, #names do
    if name == names[i] or match(name, "[.:]([^.:]*)$") == names[i] then return true end
  end
  return false
end

local function ofC(id)
  local name = functions.nameOf(id)
  return {
    isC = true, isCatcher = catchers[name], hidesC = not catchers[name], isHost = name == "?",
    name = name == "?" and "(in C)" or name, file = "[C]", place = "[C]", isNamed = isNamed(name),
  }
end

local function ofLua(info)
  local source, isMain = info.source, info.what == "main"
  local isText = sub(source, 1, 1) ~= "@"
  local file = isText and info.short_src or seen(sub(source, 2))
  local name = isMain and "(main chunk)" or texts.nameIn(source, info.linedefined) or "(anonymous)"
  return {
    isC = false, hidesC = false,
    name = name, file = file, place = isMain and file or file .. ":" .. info.linedefined, source = source,
    isFile = isAsked(file), isNamed = isNamed(name),
  }
end

local ours = { isOurs = true, isC = false, hidesC = true, isFile = false, isNamed = false }

local described = {}

-- Closures of one text at one place are one function.
function described.of(fn)
  local about = known[fn]
  if about then return about end
  local id = functions.idOf(fn)
  if id == 0 then about = ours
  else
    about = byPlace[id]
    if not about then
      about = functions.isC(id) and ofC(id) or ofLua(getinfo(fn, "S"))
      byPlace[id] = about
    end
  end
  known[fn] = about
  return about
end

-- Of a test, neither of which may be known.
function described.placeOf(file, line)
  return file and line and seen(file) .. ":" .. line or ""
end

-- What a host holds in C is how it runs a program: lua.c's message handler.
function described.hideHost(level)
  local info = getinfo(level + 1, "S")
  if not info or info.what ~= "C" then return end
  for index = 1, 10 do
    local name, value = getlocal(level + 1, index)
    if not name then return end
    if type(value) == "function" and described.of(value).isHost then known[value] = ours end
  end
end

return described
