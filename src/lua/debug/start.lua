-- The debugger of a program: `channel` is how it talks with who shows it, `hooks` gives the manager of Lua's hook, `libraryName` the name of
-- a function of a library.
--
-- Returns a table: `failed(message, level)` is for an error that nothing will catch, while the stack is as it was; `dbg(condition)` is what
-- programs call to stop; `rewrite(text, file)` gives what is loaded in place of a file's text, where functions tell that they begin,
-- by `entered()`; `loads(file)` is for one of which that is not asked; `finish()` is for the end.
local part, channel, hooks, standIns, libraryName = ...
local getinfo, rawequal, rawget, select, type = debug.getinfo, rawequal, rawget, select, type
local jit, rawlen = jit, rawlen
local version = jit and jit.version or _VERSION

local manager = hooks()
local isOurs = manager.isOurs
local json = part "json"

local function tell(event)
  channel.send(json.write(event))
end

local parts = { json = json, isOurs = isOurs, keys = part "looking/keys", stack = part "looking/stack", copies = part "looking/copies" }
parts.texts = part("looking/texts", parts.keys, libraryName, standIns)
parts.frames = part("looking/frames", parts.stack, parts.texts, isOurs, standIns)
parts.names = part("looking/names", parts.stack, parts.copies)
parts.evaluate = part("looking/evaluate", parts.names)
parts.references = part("looking/references", parts.keys, parts.texts)
parts.scopes = part("looking/scopes", parts.names, parts.keys, parts.stack)
parts.threads = part("looking/threads", parts.frames, manager.threads)
parts.complete = part("looking/complete", parts.names, parts.texts)
local pathOf = part("looking/paths", channel.folder or "")
local entries = part("stopping/entries", pathOf)
local steps = part("stopping/steps", parts.stack, pathOf)
parts.steps = steps
parts.program = part("program", pathOf, parts.texts, isOurs, steps.current)
parts.breakpoints = part("stopping/breakpoints", pathOf, parts.texts.sourceName, tell, isOurs, entries, json.null)
parts.watches = part("stopping/watches", parts.stack, parts.evaluate, parts.texts, steps.current)

local commands = part("commands", parts, parts.program)
local stop = part("stop", parts, channel, commands, parts.program)
local going = part("stopping/going", stop, steps, parts.watches, parts.breakpoints)
local arrivals = part("stopping/arrivals", parts, tell, going)
local events
local function onEvent(event, line, level)
  events.call(event, line, level and level + 1 or 3)
end
local firstHookFor = not rawlen and not jit and function(client) return part("hearing/firstHook", standIns, manager, client) end
local hearing =
  part("hearing/hearing", manager, parts.breakpoints, parts.stack, isOurs, steps.current, onEvent, firstHookFor)
events = part("hearing/events", parts, tell, going, arrivals, hearing)
going.hearBy(hearing, arrivals)
parts.program.onBreakpoints = events.forget

local debugger = { rewrite = entries.rewrite }

-- A file is loaded in another way, as a copy with counters, or as a text that a program has read.
function debugger.loads(name)
  if parts.breakpoints.areUntold(name) and not going.isFree() then going.hear() end
end

-- An error object is told once, though it may be thrown again and again on its way out.
local thrown

-- Failures of assertions are tables with a message.
local function textOf(message)
  local text = type(message) == "table" and rawget(message, "message") or message
  return type(text) == "string" and text or parts.texts.line(message)
end

function debugger.failed(message, level)
  if going.isFree() or parts.program.errors == "never" then return end
  if type(message) == "table" and rawequal(message, thrown) then return end
  thrown = message
  going.stopAt((level or 1) + 1, "error", textOf(message))
end

-- A call without arguments, or with a value that is true, stops.
function debugger.dbg(...)
  local isAsked = select("#", ...) == 0 or (...)
  if isAsked and not going.isFree() then going.stopAt(2, "dbg") end
  return ...
end

-- What stands in the first line of the function has not been told by a hook that is set only now.
function debugger.entered()
  if going.isFree() then return end
  local level = 2
  local info = getinfo(level, "fl")
  while info and (not info.func or isOurs(info.func)) do
    level = level + 1
    info = getinfo(level, "fl")
  end
  local isHeard = hearing.isOfLines(steps.current())
  hearing.entered(steps.current(), info.func, level)
  arrivals.atBegin(info.func, info.currentline, level, isHeard)
end

function debugger.pause()
  if not going.isFree() then going.pause() end
end

local pausing = not (jit and jit.status()) and channel.wantsPause and part("stopping/pausing", manager, channel.wantsPause, debugger.pause)

function debugger.finish()
  if pausing then pausing.finish() end
  going.detach()
  tell { event = "ended" }
end

local errors = part("stopping/errors", standIns, isOurs, function(message, level)
  debugger.failed(message, level + 1)
end, function(thread, message)
  if not going.isFree() then going.stopAtDeath(thread, textOf(message)) end
end)
parts.program.onErrors = function(mode) errors.catchAll(mode == "always") end

-- It is called at any moment, also while something of ours runs, and is called again then.
if channel.onPause then
  channel.onPause(function()
    local info = getinfo(2, "f")
    if info and not isOurs(info.func) then debugger.pause() end
  end)
end
tell { event = "ready", version = version }
going.on(stop.begin())
if pausing then pausing.begin() end

return debugger
