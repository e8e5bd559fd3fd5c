-- Runs a program from copies of its files that hold probes, under their own names, and writes how often each
-- probe was passed. Use: LUA_INIT=@probes.lua PROBES=folder lua5.3 folder/main. The folder's "index" has a row
-- for each copy: the name of the file, a tab, the name of the copy; the first row is the program.
--
-- A probe is a method of the boolean `true`: no global that a program could miss or count, no upvalue that
-- would change what it dumps.
local folder = os.getenv "PROBES"
local open, error, load, next = io.open, error, load, next
local counts, copies, main = {}, {}, nil

local methods = {}
function methods.p(_, id)
  counts[id] = (counts[id] or 0) + 1
  return true
end
function methods.c(_, id, value)
  local way = value and id or id + 1
  counts[way] = (counts[way] or 0) + 1
  return value
end
setmetatable(methods, { __index = function() error("attempt to index a boolean value", 2) end })
debug.setmetatable(true, { __index = methods, __metatable = false })

-- Nobody is to see that booleans have got a metatable.
for _, library in ipairs { _G, debug } do
  local get = library.getmetatable
  function library.getmetatable(...)
    if type((...)) ~= "boolean" then return get(...) end
  end
end

for row in io.lines(folder .. "/index") do
  local name, copy = row:match "^(.*)\t(.*)$"
  main = main or name
  copies[name] = copy
end

local function read(copy)
  local file = assert(open(copy, "rb"))
  local text = file:read "a"
  file:close()
  return text
end

local loadOriginal = loadfile
function loadfile(name, ...)
  local copy = copies[name]
  if not copy then return loadOriginal(name, ...) end
  return load(read(copy), "@" .. name, ...)
end
local loadAny = loadfile
function dofile(name)
  return assert(loadAny(name))()
end

local searchpath, path = package.searchpath, package.path
table.insert(package.searchers, 2, function(name)
  local file = searchpath(name, path)
  if file and copies[file] then return assert(loadAny(file)), file end
end)

-- The interpreter reads the program as bytecode, which remembers the name of its text.
local file = assert(open(folder .. "/main", "wb"))
file:write(string.dump(assert(loadAny(main))))
file:close()
arg[0] = main

-- Lua calls this when it closes the state; after os.exit only when asked to.
debug.getregistry().probes = setmetatable({}, {
  __gc = function()
    local output = assert(open(folder .. "/counts", "w"))
    for id, count in next, counts do output:write(id, "\t", count, "\n") end
    output:close()
  end,
})
local exit = os.exit
os.exit = function(code) return exit(code, true) end
