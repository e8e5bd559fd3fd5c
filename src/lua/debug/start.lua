-- The debugger of a program: `channel` is how it talks with who shows it, `hooks` gives the manager of Lua's hook.
--
-- Returns a table: `failed(message, level)` is for an error that nothing will catch, while the stack is as it was; `dbg(condition)` is what
-- programs call to stop; `finish()` is for the end.
local part, channel, hooks, _, standIns = ...
local exit, getinfo, pcall, rawequal, select, setmetatable, tostring, type =
  os.exit, debug.getinfo, pcall, rawequal, select, setmetatable, tostring, type
local byte, gsub, sub = string.byte, string.gsub, string.sub
local version = jit and jit.version or _VERSION

local manager = hooks()
local isOurs = manager.isOurs
local parts = { json = part "json", keys = part "keys", stack = part "stack" }
parts.texts = part("texts", parts.keys)
parts.frames = part("frames", parts.stack, parts.texts, isOurs, standIns)
local copies = part "copies"
parts.names = part("names", parts.stack, copies)
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
local entries = part("entries", pathOf)
local steps = part("steps", stack, pathOf)
local program = part("program", pathOf, parts.texts, isOurs, steps.current)
parts.breakpoints = part("breakpoints", pathOf, tell, isOurs, entries)
parts.watches = part("watches", stack, evaluate, parts.texts, steps.current)
local breakpoints, watches = parts.breakpoints, parts.watches
local stop = part("stop", parts, channel, part("commands", parts, program), program)
local hearing
local cold = setmetatable({}, { __mode = "k" })
local isDetached, isPausing, isEntering, entered, latest = false, false, true, nil, nil

local function hear()
  local isEverywhere = steps.isOn() or watches.areThere() or breakpoints.areOfFunctions() or isPausing
  if isDetached then hearing.set ""
  elseif isEverywhere then hearing.set "crl"
  else hearing.set(breakpoints.areTold() and "" or "c") end
end

local function goOn(request, level)
  isPausing = false
  steps.finish()
  if request.command == "terminate" then exit(0, true) end
  cold = setmetatable({}, { __mode = "k" })
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

-- Some Luas tell of the line in which a hook was set, others of the next one.
local function isTold(fn, line, level)
  local was = latest
  latest = nil
  return was ~= nil and was.fn == fn and was.line == line and was.height == stack.height(level + 1)
end

local function isOfCopy(fn)
  local info = getinfo(fn, "S")
  return info.what == "main" and byte(info.source, 1) == 64 and copies.beginsLater(sub(info.source, 2))
end

-- Why a program stops at a line of the function at a level of the caller: a reason, a message, numbers of breakpoints; or nil.
local function reasonFor(line, level)
  level = level + 1
  local fn = getinfo(level, "f").func
  if isOurs(fn) then return nil end
  if isTold(fn, line, level) or line == 1 and isOfCopy(fn) then return nil end
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

local function onCall(level)
  local fn = getinfo(level, "f").func
  if not fn or isOurs(fn) then return end
  program.met(fn)
  if breakpoints.of(fn) then hearing.entered(steps.current(), fn, level)
  else hearing.called(steps.current(), fn) end
  if not breakpoints.areOfFunctions() then
    if not breakpoints.of(fn) then cold[fn] = true end
    return
  end
  local list = breakpoints.named(getinfo(level, "n").name)
  if #list > 0 then stopAtCall(level, fn, list) end
end

local function onReturn(level)
  local above = level + 1
  local outer = getinfo(above, "Sf")
  while outer and outer.what == "tail" do
    above = above + 1
    outer = getinfo(above, "Sf")
  end
  hearing.returned(steps.current(), level, outer and outer.func)
end

local function handle(event, line, level)
  if event == "line" then onLine(line, level + 1)
  elseif event == "call" or event == "tail call" then onCall(level + 1)
  elseif event == "return" then onReturn(level + 1) end
end

-- No error of ours is the program's. Most calls are of functions that are known to have no breakpoints.
local function onEvent(event, line, level)
  if event == "call" and cold[getinfo(level or 2, "f").func] and hearing.isQuiet() or stop.isOn() then return end
  local ok, message = pcall(handle, event, line, (level or 2) + 2)
  if not ok then tell { event = "log", text = "the debugger failed: " .. tostring(message), file = "", line = 0 } end
end

hearing = part("hearing", manager, breakpoints, stack, onEvent)

-- An error object is told once, though it may be thrown again and again on its way out.
local thrown

local function textOf(message)
  return type(message) == "string" and message or parts.texts.line(message)
end

local debugger = { rewrite = entries.rewrite }

-- Called by a function with breakpoints as it begins: what stands in its first line has not been told by a hook that is set only now.
local function begin(level)
  local info = getinfo(level, "fl")
  hearing.entered(steps.current(), info.func, level)
  onLine(info.currentline, level + 1)
  latest = { fn = info.func, line = info.currentline, height = stack.height(level) }
end

function debugger.entered()
  if isDetached or stop.isOn() or steps.isOn() then return end
  local level = 2
  local info = getinfo(level, "f")
  while info and (not info.func or isOurs(info.func)) do
    level = level + 1
    info = getinfo(level, "f")
  end
  begin(level + 1)
end

function debugger.failed(message, level)
  if isDetached or stop.isOn() or program.errors == "never" then return end
  if type(message) == "table" and rawequal(message, thrown) then return end
  thrown = message
  stopAt((level or 1) + 1, "error", textOf(message))
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

local errors = part("errors", standIns, function(message, level)
  debugger.failed(message, level + 1)
end, function(thread, message)
  if isDetached or stop.isOn() then return end
  local request = stop.atDeath(thread, textOf(message))
  goOn(request)
end)
program.onErrors = function(mode) errors.catchAll(mode == "always") end

if channel.onPause then channel.onPause(debugger.pause) end
tell { event = "ready", version = version }
local request = stop.serve()
if request then goOn(request) end

return debugger
