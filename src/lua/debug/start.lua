-- The debugger of a program: `channel` is how it talks with who shows it, `hooks` gives the manager of Lua's hook.
--
-- Returns a table: `failed(message, level)` is for an error that nothing will catch, while the stack is as it was; `dbg(condition)` is what
-- programs call to stop; `finish()` is for the end.
local part, channel, hooks, _, standIns = ...
local exit, getinfo, pcall, select, tostring, type = os.exit, debug.getinfo, pcall, select, tostring, type
local gsub = string.gsub
local version = jit and jit.version or _VERSION

local manager = hooks()
local isOurs = manager.isOurs
local parts = { json = part "json", keys = part "keys", stack = part "stack" }
parts.texts = part("texts", parts.keys)
parts.frames = part("frames", parts.stack, parts.texts, isOurs, standIns)
parts.names = part("names", parts.stack)
parts.evaluate = part("evaluate", parts.names)
parts.references = part("references", parts.names, parts.keys, parts.texts)
parts.scopes = part("scopes", parts.names, parts.keys, parts.stack)
parts.threads = part("threads", parts.frames)
parts.complete = part("complete", parts.names, parts.texts)
local stack, frames, evaluate, json = parts.stack, parts.frames, parts.evaluate, parts.json

local function tell(event)
  channel.send(json.write(event))
end

local pathOf = part("paths", channel.folder or "")
local steps = part("steps", stack, pathOf)
local program = part("program", pathOf, parts.texts, isOurs, steps.current)
parts.breakpoints = part("breakpoints", pathOf, tell, isOurs)
parts.watches = part("watches", stack, evaluate, parts.texts, steps.current)
local breakpoints, watches = parts.breakpoints, parts.watches
local stop = part("stop", parts, channel, part("commands", parts, program), program)
local hearing
local isDetached, isPausing, isEntering, entered = false, false, true, nil

local function hear()
  local isEverywhere = steps.isOn() or watches.areThere() or breakpoints.areOfFunctions() or isPausing
  hearing.set(not isDetached and isEverywhere, not isDetached and breakpoints.areThere())
end

local function goOn(request, level)
  isPausing = false
  steps.finish()
  if request.command == "terminate" then exit(0, true) end
  if request.command == "detach" then isDetached = true
  elseif request.go.kind ~= "continue" then steps.begin(request.go, level and level + 1) end
  hear()
end

-- At a level of the caller.
local function stopAt(level, reason, message, ids)
  isEntering = false
  local request = stop.at(level + 1, reason, message, ids)
  goOn(request, level + 1)
end

-- What a logpoint says: text with `{expressions}`.
local function say(frame, line)
  return function(text)
    local said = gsub(text, "{([^{}]*)}", function(expression)
      local values, message = evaluate(frame, expression)
      if not values then return "{" .. expression .. ": " .. message .. "}" end
      return type(values[1]) == "string" and values[1] or parts.texts.line(values[1])
    end)
    tell { event = "log", text = said, file = frame.source, line = line }
  end
end

-- Of a list of breakpoints, at a level of the caller: their numbers, and what is wrong with a condition; nil to go on.
local function dueOf(list, level, line)
  local frame = frames.here(level + 1)[1]
  local function ask(expression) return evaluate(frame, expression) end
  local due, problem = breakpoints.due(list, ask, say(frame, line))
  if #due == 0 then return nil end
  local ids = {}
  for index = 1, #due do
    ids[index] = due[index].id
    if due[index].isTemporary then breakpoints.remove(due[index]) end
  end
  return ids, problem
end

-- Why a program stops at a line of the function at a level of the caller: a reason, a message, numbers of breakpoints; or nil.
local function reasonFor(line, level)
  level = level + 1
  local fn = getinfo(level, "f").func
  if isOurs(fn) then return nil end
  local own = breakpoints.of(fn)
  local list = own and own[line] or nil
  if entered and entered.fn == fn and entered.thread == steps.current() then list, entered = entered.list, nil end
  if list then
    local ids, problem = dueOf(list, level, line)
    if ids then return "breakpoint", problem, ids end
  end
  if isPausing then return "pause" end
  local isStep = steps.isOn() and not program.isSkipped(fn) and steps.areOver(level, fn, line)
  if isStep then return isEntering and "entry" or "step" end
  local changed = watches.areThere() and watches.changed(level, fn)
  if changed then return "watch", changed end
end

-- No call here, and in what calls this, is a tail call, which takes a level away.
local function onLine(line, level)
  local reason, message, ids = reasonFor(line, level)
  if reason then stopAt(level, reason, message, ids) end
end

local function stopAtCall(level, fn, list)
  if getinfo(fn, "S").what ~= "C" then
    entered = { fn = fn, list = list, thread = steps.current() }
    return
  end
  local ids, problem = dueOf(list, level + 1, 0)
  if ids then stopAt(level + 1, "breakpoint", problem, ids) end
end

local function onCall(event, level)
  local fn = getinfo(level, "f").func
  if not fn or isOurs(fn) then return end
  program.met(fn)
  hearing.called(steps.current(), fn, event == "tail call")
  if not breakpoints.areOfFunctions() then return end
  local list = breakpoints.named(getinfo(level, "n").name)
  if #list > 0 then stopAtCall(level, fn, list) end
end

local function onReturn(level)
  local fn = getinfo(level, "f").func
  local outer = getinfo(level + 1, "Sf")
  local above = level + 1
  while outer and outer.what == "tail" do
    above = above + 1
    outer = getinfo(above, "Sf")
  end
  if fn then hearing.returned(steps.current(), fn, outer and outer.func) end
end

local function handle(event, line, level)
  if event == "line" then onLine(line, level + 1)
  elseif event == "call" or event == "tail call" then onCall(event, level + 1)
  elseif event == "return" then onReturn(level + 1) end
end

-- No error of ours is the program's.
local function onEvent(event, line, level)
  if stop.isOn() then return end
  local ok, message = pcall(handle, event, line, (level or 2) + 2)
  if not ok then tell { event = "log", text = "the debugger failed: " .. tostring(message), file = "", line = 0 } end
end

hearing = part("hearing", manager, breakpoints, onEvent)

local debugger = {}

function debugger.failed(message, level)
  if isDetached or stop.isOn() or program.errors == "never" then return end
  stopAt((level or 1) + 1, "error", tostring(message))
end

-- A call without arguments, or with a value that is true, stops.
function debugger.dbg(...)
  if isDetached or stop.isOn() or select("#", ...) > 0 and not (...) then return ... end
  stopAt(2, "dbg")
  return ...
end

function debugger.pause()
  if isDetached or stop.isOn() then return end
  isPausing = true
  hear()
end

function debugger.finish()
  isDetached = true
  hear()
  tell { event = "ended" }
end

if channel.onPause then channel.onPause(debugger.pause) end
tell { event = "ready", version = version }
local request = stop.serve()
if request then goOn(request) end

return debugger
