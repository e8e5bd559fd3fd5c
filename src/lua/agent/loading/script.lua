-- The script of `lua script.lua`, which the interpreter loads by itself, in C, after LUA_INIT. Between that and the
-- call there is one moment at which Lua runs: the chunk is then among the temporary values of the interpreter's own C
-- function, where the debug library can put another in its place. So the script is called as ever, from where it ever was.
--
-- What that moment is:
--   5.3 on   the interpreter asks for the length of `arg`
--   LuaJIT   it asks for the global `arg`
--   5.1, 5.2 it sets the global `arg`, loads the script, and has no need of Lua. But each time that it allocates something,
--            the collector may run finalizers, and does when there are some and it is always late.
local loading, hits, newGuard = ...
local getinfo, getlocal, setlocal = debug.getinfo, debug.getlocal, debug.setlocal
local collectgarbage, debug, error, getmetatable = collectgarbage, debug, error, getmetatable
local pcall, rawlen, rawget, rawset, setmetatable, type = pcall, rawlen, rawget, rawset, setmetatable, type
local clock, find, globals, loadfile = os.clock, string.find, _G, loadfile

-- Who calls the caller of this one, if it is C that has loaded the script: puts another chunk in its place.
local function replace(name, chunk)
  local info = getinfo(3, "S")
  if not info or info.what ~= "C" then return nil end
  for index = 1, 250 do
    local known, value = getlocal(3, index)
    if not known then return nil end
    if type(value) == "function" then
      local other = getinfo(value, "S")
      if other.source == "@" .. name and (other.what == "main" or other.what == "Lua") then
        setlocal(3, index, chunk)
        if loading.placed then loading.placed(chunk) end
        return value
      end
    end
  end
end

local function byLength(arguments)
  local name = arguments[0]
  local known = getmetatable(arguments) == nil and type(name) == "string"
  local chunk = known and loading.fromFile(name)
  if not chunk then return end
  setmetatable(arguments, {
    __len = function(own)
      if replace(name, chunk) then setmetatable(own, nil) end
      return rawlen(own)
    end,
  })
end

-- Whoever asks for the metatable of the globals, or sets it, finds them as they were: what runs before the script may
-- make them strict, and would take `arg` for a mistake.
local function watchGlobals(giveUp)
  local originals = {}
  local function watch(library, key)
    local original = library[key]
    local function watching(value, ...)
      if value == globals then giveUp() end
      return original(value, ...)
    end
    library[key] = watching
    originals[#originals + 1] = function()
      if library[key] == watching then library[key] = original end
    end
  end
  watch(globals, "getmetatable")
  watch(globals, "setmetatable")
  watch(debug, "getmetatable")
  watch(debug, "setmetatable")
  return function()
    for index = 1, #originals do originals[index]() end
  end
end

local function byName(arguments)
  local name = arguments[0]
  local known = getmetatable(globals) == nil and type(name) == "string"
  local chunk = known and loading.fromFile(name)
  if not chunk then return end
  local stopWatching
  local function restore()
    setmetatable(globals, nil)
    if rawget(globals, "arg") == nil then rawset(globals, "arg", arguments) end
    stopWatching()
  end
  rawset(globals, "arg", nil)
  setmetatable(globals, {
    __index = function(_, key)
      if key ~= "arg" then return nil end
      if replace(name, chunk) then restore() end
      return arguments
    end,
  })
  stopWatching = watchGlobals(function()
    restore()
    loading.missed(name)
  end)
end

-- 5.2 puts the chunk where it will stay before it reads the first word, and asks the collector at every new one. From here
-- on it always finds finalizers that wait.
local function whileParsing(name, chunk)
  local isOver, failures, original = false, 0, nil
  collectgarbage()
  local pause, step = collectgarbage("setpause", 100), collectgarbage("setstepmul", 1)
  local function finalize()
    if isOver then return end
    if failures < 20 then
      failures = failures + 1
      error "the others wait"
    end
    original = original or replace(name, chunk)
    if not original then return collectgarbage "restart" end
    isOver = true
    collectgarbage("setpause", pause)
    collectgarbage("setstepmul", step)
  end
  -- Until then the collector works only where its errors are caught.
  collectgarbage "stop"
  for _ = 1, 200 do newGuard(finalize) end
  -- A finalizer that fails ends a step and leaves the others to the next.
  for _ = 1, 10000 do
    if failures == 20 then break end
    pcall(collectgarbage, "step", 100000)
  end
  failures = 20
  collectgarbage "restart"
end

-- 5.1 puts the chunk there once it is read, and asks the collector once between that and the call. How much there is by
-- then is known from reading the script before: whole cycles, each of which makes the next one due just below that, end
-- in one at that moment. What a reader holds for a while may make them many, so there is a limit of time.
local function beforeCall(name, chunk)
  local known = loadfile(name)
  if not known then return end
  collectgarbage()
  local pause, step = collectgarbage("setpause", 100), collectgarbage("setstepmul", 0)
  local again = loadfile(name)
  collectgarbage()
  local due = 100 * (collectgarbage "count" - 0.5)
  again = nil
  local isOver, latest = false, clock() + 2
  local function finalize()
    if isOver then return end
    local isReplaced = replace(name, chunk) ~= nil
    isOver = known == nil or isReplaced or clock() > latest
    if isOver and not isReplaced then loading.missed(name) end
    if isOver then
      collectgarbage("setpause", pause)
      collectgarbage("setstepmul", step)
    else
      -- A share of what is alive now, rounded down.
      collectgarbage("setpause", due / collectgarbage "count" - 0.5)
      newGuard(finalize)
    end
  end
  newGuard(finalize)
  collectgarbage()
end

local function byAllocation(prepare)
  if getmetatable(globals) ~= nil then return end
  local wasCalled = false
  -- What has taken the place of this metatable may also have made a script run that nobody has seen.
  function hits.atEnd()
    local arguments = rawget(globals, "arg")
    local name = not wasCalled and type(arguments) == "table" and arguments[0]
    if type(name) == "string" then loading.missed(name, true) end
  end
  setmetatable(globals, {
    __newindex = function(own, key, value)
      rawset(own, key, value)
      if key ~= "arg" or getinfo(2, "S").what ~= "C" then return end
      setmetatable(own, nil)
      wasCalled = true
      local name = type(value) == "table" and rawget(value, 0)
      local chunk = type(name) == "string" and loading.fromFile(name)
      if chunk then prepare(name, chunk) end
    end,
  })
end

local arguments = rawget(globals, "arg")
if type(arguments) == "table" then
  if jit then byName(arguments) else byLength(arguments) end
elseif not jit and not find(_VERSION, "5%.[3-9]") then
  byAllocation(rawlen and whileParsing or beforeCall)
end
