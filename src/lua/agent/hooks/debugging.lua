-- The program's debug.sethook and debug.gethook. Who listens, for us and for the program, is kept in `hooks`, which is loaded when the first
-- of all of them comes. An engine that hides what is ours from hooks leaves a program Lua's own until there is a client of ours; and so does
-- 5.1, where nothing can be called for a hook without one level of the stack more.
local hits, refusal, here, loadfile, isHidden = ...
local sethook, gethook, setupvalue, debug = debug.sethook, debug.gethook, debug.setupvalue, debug
local coroutine, error, gsub, next, pcall, setfenv, type = coroutine, error, string.gsub, next, pcall, setfenv, type
local jit, leaveToInterpreter = jit, jit and jit.off
local standIns, hooks, ours, coroutines = hits.standIns, nil, nil, nil

local function copyOf(library)
  local copy = {}
  for name, each in next, library do copy[name] = each end
  return copy
end

local environment = { _G = _G, _VERSION = _VERSION, unpack = unpack or table.unpack }
for name, each in next, _G do
  if type(each) == "function" then environment[name] = each end
end
for name, library in next, {
  coroutine = coroutine, debug = debug, io = io, jit = jit, math = math, os = os, package = package, string = string, table = table,
} do
  environment[name] = copyOf(library)
end

-- Files of ours that LuaJIT may still compile.
local compiled = {}

-- In a hook, LuaJIT goes on anywhere in memory where it returns to what it has compiled and then dropped. To keep a file from it is an error
-- where the collector has called: then that waits for the next file.
local function interpret(main)
  compiled[#compiled + 1] = main
  while compiled[1] and pcall(leaveToInterpreter, compiled[#compiled], true) do compiled[#compiled] = nil end
end

-- Has the main function of a file of ours that is loaded late find what there was before the program.
function hits.within(main)
  if jit then interpret(main) end
  if setfenv then setfenv(main, environment) else setupvalue(main, 1, environment) end
  return main
end

-- Where Lua tells the main coroutine, this is it.
hits.main = not jit and rawlen and coroutine.running() or nil

-- A debugger may have read before what is in files of ours.
local function part(name, ...)
  local main, message
  if hits.ahead then main = hits.ahead("agent/" .. name) else main, message = loadfile(here .. name .. ".lua") end
  if not main then error(message, 0) end
  return hits.within(main)(...)
end

-- Which functions are ours.
function hits.ours()
  ours = ours or part("hooks/ours", gsub(here, "[^/\\]*[/\\]$", ""), standIns)
  return ours
end

local function knownCoroutines()
  coroutines = coroutines or part("hooks/coroutines", coroutine, refusal, standIns)
  return coroutines
end

-- Has coroutines kept in mind that are made from here on, as nobody finds them later.
function hits.noteCoroutines()
  knownCoroutines().note()
end

local function load()
  local function say(message) hits.doubt("listener", message) end
  return part("hooks/hooks", part, {
    refusal = refusal, standIns = standIns, say = say, isHidden = isHidden, ours = hits.ours(), main = hits.main,
    coroutines = knownCoroutines(),
  })
end

local function newSethook(...)
  hooks = hooks or load()
  local message = hooks.set(...)
  if message then error(refusal(message, "debug.sethook"), 2) end
end

local function newGethook(...)
  if not hooks then return gethook(...) end
  local told = hooks.get(...)
  if told.n == 1 then return told[1] end
  return told[1], told[2], told[3]
end

standIns[newSethook], standIns[newGethook] = true, true

local function install()
  debug.sethook, debug.gethook = newSethook, newGethook
  hits.replaced[sethook], hits.replaced[gethook] = newSethook, newGethook
end

if not isHidden and (rawlen or jit) then install() end

-- The manager of hooks, for clients of ours.
function hits.hooks()
  hooks = hooks or load()
  if debug.sethook == sethook then install() end
  return hooks
end
