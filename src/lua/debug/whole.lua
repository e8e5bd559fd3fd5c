-- All of a debugger that a program needs as it stops, and from then on.
--
-- Returns a table: `begin(requests, unanswered)` does what was asked before, and answers what was not; `isFree()`, whether nothing is to
-- stop the program now; `stopAt(level, reason)`, `failed(message, level)`, `entered()`, `loads()`, `pause()` at the next line,
-- `pauseAt(level)`, `doubt()` where hooks may be lost, `detach()`.
local part, given = ...
local getinfo, rawequal, rawget, setmetatable, type = debug.getinfo, rawequal, rawget, setmetatable, type

local manager = given.hooks()
local json, talking, standIns, pathOf = given.json, given.talking, given.standIns, given.pathOf
local isOurs, tell = manager.isOurs, talking.tell

local parts = { json = json, isOurs = isOurs, keys = part "looking/keys", stack = part "looking/stack", copies = part("looking/copies", given.files) }
parts.texts = part("looking/texts", parts.keys, given.libraryName, standIns)
parts.frames = part("looking/frames", parts.stack, parts.texts, isOurs, standIns)
parts.names = part("looking/names", parts.stack, parts.copies)
parts.evaluate = part("looking/evaluate", parts.names)
parts.references = part("looking/references", parts.keys, parts.texts)
parts.scopes = part("looking/scopes", parts.names, parts.keys, parts.stack)
parts.threads = part("looking/threads", parts.frames, manager.known, given.main)
parts.complete = part("looking/complete", parts.names, parts.texts)
local steps = part("stopping/steps", parts.stack, pathOf)
parts.steps = steps
parts.program = part("program", pathOf, parts.texts, isOurs, steps.current)
parts.breakpoints = part("stopping/breakpoints", pathOf, parts.texts.sourceName, tell, isOurs, given.entries, json.null)
parts.watches = part("stopping/watches", parts.stack, parts.evaluate, parts.texts, steps.current, tell, json.null)

local commands = part("commands", parts, parts.program, given.beginning.states)
local stop = part("stop", parts, talking, given.stands, commands, parts.program)
local going = part("stopping/going", stop, steps, parts.watches, parts.breakpoints)
local arrivals = part("stopping/arrivals", parts, tell, going)
local events
local function onEvent(event, line, level)
  events.call(event, line, level and level + 1 or 3)
end
local hearing = part("hearing/hearing", manager, parts.breakpoints, parts.stack, isOurs, steps.current, onEvent, given.firstHook,
  given.isCompiling, given.pausing)
-- Stand-ins that what they call takes the place of.
given.replaced = setmetatable({}, { __mode = "k" })
events = part("hearing/events", parts, tell, going, arrivals, hearing, standIns, given.replaced)
going.hearBy(hearing, arrivals)
parts.program.onBreakpoints = events.forget

local whole = {
  isFree = going.isFree, stopAt = going.stopAt, pause = going.pause, pauseAt = going.pauseAt, doubt = hearing.doubt, detach = going.detach,
}

function whole.begin(requests, unanswered)
  for index = 1, #requests do
    local request = requests[index]
    if talking.isLast(request) then going.on(request) else commands[request.command](request) end
  end
  if unanswered then going.on(stop.begin(unanswered)) end
end

-- A file with breakpoints is loaded in another way.
function whole.loads()
  parts.breakpoints.leaveUntold()
  going.hear()
end

-- An error object is told once, though it may be thrown again and again on its way out.
local thrown

-- Failures of assertions are tables with a message.
local function textOf(message)
  local text = type(message) == "table" and rawget(message, "message") or message
  return type(text) == "string" and text or parts.texts.line(message)
end

function whole.failed(message, level)
  if going.isFree() or parts.program.errors == "never" then return end
  if type(message) == "table" and rawequal(message, thrown) or not talking.canHear() then return end
  thrown = message
  going.stopAt(level + 1, "error", textOf(message))
end

-- What stands in the first line of the function has not been told by a hook that is set only now, as at the latest where `isNew`: this was
-- loaded for the call.
function whole.entered(isNew)
  local level = 2
  local info = getinfo(level, "fl")
  while info and (not info.func or isOurs(info.func)) do
    level = level + 1
    info = getinfo(level, "fl")
  end
  local isHeard = not isNew and hearing.isOfLines(steps.current())
  hearing.entered(steps.current(), info.func, level)
  arrivals.atBegin(info.func, info.currentline, level, isHeard)
end

local errors = part("stopping/errors", given, part, function(message, level)
  whole.failed(message, level + 1)
end, function(thread, message)
  if not going.isFree() then going.stopAtDeath(thread, textOf(message)) end
end)
parts.program.onErrors = function(mode) errors.catchAll(mode == "always") end

return whole
