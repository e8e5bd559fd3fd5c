-- The program's debug.sethook and debug.gethook. Who listens, for us and for the program, is kept in `hooks`, which is loaded when the first
-- of all of them comes. An engine that hides what is ours from hooks leaves a program Lua's own until there is a client of ours; and so does
-- 5.1, where nothing can be called for a hook without one level of the stack more.
local hits, refusal, here, loadfile, isHidden = ...
local sethook, gethook, setupvalue, debug = debug.sethook, debug.gethook, debug.setupvalue, debug
local coroutine, error, gsub, setfenv = coroutine, error, string.gsub, setfenv
local standIns, hooks = hits.standIns, nil

local function copyOf(library)
  local copy = {}
  for name, each in next, library do copy[name] = each end
  return copy
end

-- What is loaded late finds what there was before the program.
local environment = {
  debug = copyOf(debug), coroutine = copyOf(coroutine), string = copyOf(string), math = copyOf(math), _VERSION = _VERSION, jit = jit,
  rawlen = rawlen, table = copyOf(table),
  error = error, ipairs = ipairs, next = next, pcall = pcall, rawget = rawget, rawset = rawset, select = select,
  setmetatable = setmetatable, tonumber = tonumber, type = type, unpack = unpack or table.unpack,
}
-- Where Lua tells the main coroutine, this is it.
local main = not jit and rawlen and coroutine.running() or nil

local function part(name, ...)
  local chunk, message = loadfile(here .. name .. ".lua")
  if not chunk then error(message, 0) end
  if setfenv then setfenv(chunk, environment) else setupvalue(chunk, 1, environment) end
  return chunk(...)
end

local function load()
  local function say(message) hits.doubt("listener", message) end
  local folder = gsub(here, "[^/\\]*[/\\]$", "")
  return part("hooks/hooks", part, {
    refusal = refusal, standIns = standIns, say = say, isHidden = isHidden, folder = folder, main = main,
    coroutine = coroutine,
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
