-- Which function is which: closures that are made of one text at one place are one function. Those of ours are none.
local libraries, ownFolders, standIns = ...
local getinfo, loaded = debug.getinfo, package.loaded
local byte, find, format, gsub, sub = string.byte, string.find, string.format, string.gsub, string.sub
local next, rawequal, setmetatable, tostring, type = next, rawequal, setmetatable, tostring, type

local functions = {}

-- By function, and by place: the number of a function, from 1 on; 0 for one of ours.
local known = setmetatable({}, { __mode = "k" })
local byPlace, described = {}, {}

local function number(place, description)
  local id = byPlace[place]
  if not id then
    id = #described + 1
    byPlace[place], described[id] = id, description
  end
  return id
end

-- What finds and compiles modules, for `require`.
local function searcherName(fn)
  local package = loaded.package
  local kind = package.searchers and "searchers" or "loaders"
  for i = 1, #(package[kind] or {}) do
    if rawequal(package[kind][i], fn) then return format("package.%s[%d]", kind, i) end
  end
end

-- As Lua's own tracebacks name a function of C.
local function libraryName(fn)
  local name = libraries.nameOf(fn) or searcherName(fn)
  if name then return name end
  for module, fields in next, loaded do
    name = type(module) == "string" and libraries.nameIn(module .. ".", fields, fn)
    if name then return name end
  end
end

local function calledAs(level)
  local info = level and getinfo(level + 3, "n")
  return info and info.name
end

local function ofC(fn, level)
  local name = libraryName(fn) or calledAs(level) or "?"
  if standIns[fn] then return number("C " .. name, { kind = "C", name = name, file = "", line = 0, last = 0, isStandIn = true }) end
  -- A closure of C is another one in each state of things, and is told by how it is called.
  return number("C " .. name, { kind = "C", name = name, file = "", line = 0, last = 0 })
end

local function isOurs(source)
  for i = 1, #ownFolders do
    if sub(source, 1, #ownFolders[i]) == ownFolders[i] then return true end
  end
  return source == "=[C]"
end

local function ofLua(info, level)
  local source = info.source
  if isOurs(source) then return 0 end
  local isFile = byte(source, 1) == 64
  local kind = info.what == "main" and "main" or "Lua"
  -- LuaJIT tells where a main chunk ends, the others do not.
  local line, last = info.linedefined, kind == "Lua" and info.lastlinedefined or 0
  local place = format("%d %d %s", line, last, source)
  if byPlace[place] then return byPlace[place] end
  local name = kind == "main" and "" or calledAs(level) or ""
  if not isFile then name = info.short_src .. (name ~= "" and " " .. name or "") end
  return number(place, { kind = kind, name = name, file = isFile and sub(source, 2) or "", line = line, last = last })
end

-- The number of a function. At `level` of the caller's stack it runs, which may tell a name.
function functions.idOf(fn, level)
  local id = known[fn]
  if id then return id end
  local info = getinfo(fn, "S")
  -- LuaJIT has some functions of its libraries in Lua.
  local isC = info.what == "C" or standIns[fn] or find(info.source, "^=%[builtin:")
  id = isC and ofC(fn, level) or ofLua(info, level)
  known[fn] = id
  return id
end

local function safe(text)
  return (gsub(text, "[%c]", "?"))
end

-- What stands for a test, whose calls are below it. `file` and `line` may be nil.
function functions.ofTest(name, file, line)
  local place = format("test %s %d %s", file or "", line or 0, name)
  return number(place, { kind = "test", name = name, file = file or "", line = line or 0, last = 0 })
end

-- Whether a function is ours, or stands in for one of C.
function functions.isOwn(fn)
  if standIns[fn] then return true end
  local info = getinfo(fn, "S")
  return info.what ~= "C" and isOurs(info.source)
end

function functions.isC(id)
  return id ~= 0 and described[id].kind == "C"
end

function functions.nameOf(id)
  return described[id].name
end

-- Whether what a function calls is none of the program's: it is ours, or stands in for one of C.
function functions.hides(id)
  return id == 0 or described[id].isStandIn == true
end

-- Whether nobody knows a name of a function of C, as of the one in which the host runs the program.
function functions.isNameless(id)
  local each = described[id]
  return each ~= nil and each.kind == "C" and each.name == "?"
end

-- A row for each: number, kind, lines, name, and file behind tabs.
function functions.rows(add)
  for id = 1, #described do
    local each = described[id]
    add(format("function %d\t%s\t%d\t%d\t%s\t%s", id, each.kind, each.line, each.last, safe(each.name), safe(each.file)))
  end
end

return functions
