-- The oracle's probes, and a file with how often each was passed. Use: PROBES=file LUA_INIT=@probes.lua lua program.
-- A probe is a method of the boolean `true`: no global that a program could miss or count, no upvalue that
-- would change what it dumps.
local file = os.getenv "PROBES"
local open, error, next, setmetatable, type = io.open, error, next, setmetatable, type
local counts = {}

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
for _, library in next, { _G, debug } do
  local get = library.getmetatable
  function library.getmetatable(...)
    if type((...)) ~= "boolean" then return get(...) end
  end
end

local function write()
  local output = open(file, "w")
  for id, count in next, counts do output:write(id, "\t", count, "\n") end
  output:close()
end

-- Lua calls this when it closes the state; after os.exit only when asked to.
local guard
if newproxy then
  guard = newproxy(true)
  getmetatable(guard).__gc = write
else
  guard = setmetatable({}, { __gc = write })
end
debug.getregistry().probes = guard
local exit = os.exit
function os.exit(...)
  write()
  return exit(...)
end
