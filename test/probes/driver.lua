-- Runs a program with the probed texts of its files, and writes what they counted.
-- Use: LUA_INIT=@driver.lua PROBES=folder lua folder/main. The folder's "index" has a row for each file, the program's
-- first: its name, the name of the probed copy, the digest and the number of counters, with tabs between them. A copy
-- that does not compile ends the run.
local folder = os.getenv "PROBES"
local open, error, loadstring, next, select = io.open, error, loadstring or load, next, select
local setmetatable, dump, getenv = setmetatable, string.dump, os.getenv
local copies, states, main = {}, {}, nil

local function newState(size)
  local counters = {}
  for i = 1, size do counters[i] = 0 end
  local function test(n, value)
    local way = value and n or n + 1
    counters[way] = counters[way] + 1
    return value
  end
  return { counters = counters, test = test }
end

function string.luacov_ts(digest, n, ...)
  local state = states[digest]
  if n == nil then return state.counters, state.test end
  if select("#", ...) == 0 then state.counters[n] = state.counters[n] + 1
  else return (state.test(n, (...))) end
end

-- The oracle's own probes are methods of `true`, under numbers of their own.
local passed = {}
if getenv "ORACLE" then
  local methods = {}
  function methods.p(_, id)
    passed[id] = (passed[id] or 0) + 1
    return true
  end
  function methods.c(_, id, value)
    local way = value and id or id + 1
    passed[way] = (passed[way] or 0) + 1
    return value
  end
  setmetatable(methods, { __index = function() error("attempt to index a boolean value", 2) end })
  debug.setmetatable(true, { __index = methods })
end

for row in io.lines(folder .. "/index") do
  local name, copy, digest, size = row:match "^(.*)\t(.*)\t(.*)\t(.*)$"
  main = main or name
  copies[name] = copy
  states[digest] = states[digest] or newState(tonumber(size))
end

local function read(copy)
  local file = assert(open(copy, "rb"))
  local text = file:read "*a"
  file:close()
  return text
end

-- As loadfile does: a first line with "#" counts as one.
local function loadCopy(name)
  local text = read(copies[name]):gsub("^\239\187\191", ""):gsub("^#[^\n]*", "")
  return loadstring(text, "@" .. name)
end

local loadOriginal = loadfile
function loadfile(name, ...)
  if not copies[name] then return loadOriginal(name, ...) end
  local f, message = loadCopy(name)
  local env = select(2, ...)
  if f and env ~= nil then debug.setupvalue(f, 1, env) end
  return f, message
end
local loadAny = loadfile
function dofile(name)
  return assert(loadAny(name))()
end

local function searchpath(name)
  for template in (package.path .. ";"):gmatch "(.-);" do
    local file = template:gsub("%?", (name:gsub("%.", "/")))
    if copies[file] then return file end
    local found = open(file, "rb")
    if found then
      found:close()
      return file
    end
  end
end
table.insert(package.searchers or package.loaders, 2, function(name)
  local file = searchpath(name)
  if file and copies[file] then return assert(loadAny(file)), file end
end)

-- The interpreter reads the program as bytecode, which remembers the name of its text.
local file = assert(open(folder .. "/main", "wb"))
file:write(dump(assert(loadAny(main))))
file:close()
if arg then arg[0] = main end

local function write()
  local output = assert(open(folder .. "/counts", "w"))
  for digest, state in next, states do
    output:write(digest, "\t", table.concat(state.counters, " "), "\n")
  end
  for id, count in next, passed do output:write(id, "\t", count, "\n") end
  output:close()
end

-- Lua calls this when it closes the state; after os.exit only where it is asked to.
local guard
if newproxy then
  guard = newproxy(true)
  getmetatable(guard).__gc = write
else
  guard = setmetatable({}, { __gc = write })
end
debug.getregistry().probes = guard
local exit = os.exit
os.exit = function(code)
  write()
  return exit(code)
end
