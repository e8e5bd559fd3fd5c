-- Why a program stops at a line: breakpoints, a pause, steps, watches.
local parts, tell, going = ...
local stack, frames, texts, copies, isOurs = parts.stack, parts.frames, parts.texts, parts.copies, parts.isOurs
local evaluate, breakpoints, steps, watches, program =
  parts.evaluate, parts.breakpoints, parts.steps, parts.watches, parts.program
local byte, gsub, sub = string.byte, string.gsub, string.sub
local getinfo, type = debug.getinfo, type

local arrivals = {}
-- A function whose name has a breakpoint, until its first line; the line of one that has told itself that it begins.
local called, begun

-- What a logpoint says: text with `{expressions}`.
local function say(frame, line)
  return function(text)
    local said = gsub(text, "{([^{}]*)}", function(expression)
      local values, message = evaluate(frame, expression)
      if not values then return "{" .. expression .. ": " .. message .. "}" end
      return type(values[1]) == "string" and values[1] or texts.line(values[1])
    end)
    tell { event = "log", text = said, file = frame.source, line = line }
  end
end

-- Of a list of breakpoints, at a level of the caller: their numbers, and what is wrong with a condition; nil to go on.
function arrivals.due(list, level, line)
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
  local was = begun
  begun = nil
  return was ~= nil and was.fn == fn and was.line == line and was.height == stack.height(level + 1)
end

-- Copies begin in the first line, whether or not there is anything in it.
local function isOfCopy(fn)
  local info = getinfo(fn, "S")
  return info.what == "main" and byte(info.source, 1) == 64 and copies.beginsLater(sub(info.source, 2))
end

local function breakpointsAt(fn, line)
  local was = called
  if was and was.fn == fn and was.thread == steps.current() then
    called = nil
    return was.list
  end
  local own = breakpoints.of(fn)
  return own and own[line] or nil
end

-- At a level of the caller: a reason, a message, numbers of breakpoints; or nil. No call here is a tail call, which takes a level away.
local function reasonFor(fn, line, level)
  level = level + 1
  local list = breakpointsAt(fn, line)
  if list then
    local ids, problem = arrivals.due(list, level, line)
    if ids then return "breakpoint", problem, ids end
  end
  if going.isPausing then return "pause" end
  local isStep = steps.isOn() and not program.isSkipped(fn) and steps.areOver(level, fn, line)
  if isStep then return going.stepReason() end
  local changed = watches.areThere() and watches.changed(level, fn)
  if changed then return "watch", changed end
end

-- Stops there if there is a reason.
function arrivals.atLine(line, level)
  level = level + 1
  local fn = getinfo(level, "f").func
  if isOurs(fn) or isTold(fn, line, level) or line == 1 and isOfCopy(fn) then return end
  local reason, message, ids = reasonFor(fn, line, level)
  if reason then going.stopAt(level, reason, message, ids) end
end

-- A function that has breakpoints by its name stops at its first line; one of C as it is called.
function arrivals.atCall(fn, level, list)
  if getinfo(fn, "S").what ~= "C" then
    called = { fn = fn, list = list, thread = steps.current() }
    return
  end
  local ids, problem = arrivals.due(list, level + 1, 0)
  if ids then going.stopAt(level + 1, "breakpoint", problem, ids) end
end

-- A function with breakpoints has told that it begins.
function arrivals.atBegin(fn, line, level)
  arrivals.atLine(line, level + 1)
  begun = { fn = fn, line = line, height = stack.height(level + 1) }
end

return arrivals
