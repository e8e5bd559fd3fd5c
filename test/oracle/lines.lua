-- Sets a line hook in the system's Lua and writes, when the program ends, the visits of each line to the file
-- that LINES names: a row for each file, its name and then line:visits pairs. LUA_INIT=@lines.lua runs this
-- before the program, so that no frame of ours is ever on the program's stack.
local output = os.getenv "LINES"
local visits = {}
local sub = string.sub -- a program may take the metatable of strings away

local function hook(_, line)
  local source = debug.getinfo(2, "S").source
  if sub(source, 1, 1) ~= "@" then return end
  local lines = visits[source]
  if not lines then
    lines = {}
    visits[source] = lines
  end
  lines[line] = (lines[line] or 0) + 1
end

-- A hook belongs to one thread: every new coroutine gets its own, in C, so that no frame of ours appears.
local create, sethook = coroutine.create, debug.sethook
local function hooked(f)
  local thread = create(f)
  sethook(thread, hook, "l")
  return thread
end
coroutine.create = hooked
coroutine.wrap = function(f)
  local thread = hooked(f)
  return function(...)
    local function results(ok, ...)
      if ok then return ... end
      error((...), 0)
    end
    return results(coroutine.resume(thread, ...))
  end
end

-- Lua calls this when it closes the state; after os.exit only when asked to.
debug.getregistry().lines = setmetatable({}, {
  __gc = function()
    sethook()
    local file = assert(io.open(output, "w"))
    for source, lines in pairs(visits) do
      local row = {}
      for line, count in pairs(lines) do row[#row + 1] = line .. ":" .. count end
      file:write(source:sub(2), "\t", table.concat(row, " "), "\n")
    end
    file:close()
  end,
})
local exit, pairs = os.exit, pairs
os.exit = function(code) return exit(code, true) end

-- The program's own hooks would replace this one.
debug.gethook = function() end
debug.sethook = debug.gethook
sethook(hook, "l")
