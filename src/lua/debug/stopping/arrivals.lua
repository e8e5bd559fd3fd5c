-- Why a program stops at a line: breakpoints, a pause, steps, watches.
local parts, tell, going = ...
local stack, frames, texts, copies, isOurs = parts.stack, parts.frames, parts.texts, parts.copies, parts.isOurs
local evaluate, breakpoints, steps, watches, program =
  parts.evaluate, parts.breakpoints, parts.steps, parts.watches, parts.program
local byte, gsub, sub = string.byte, string.gsub, string.sub
local concat, getinfo, type, jit = table.concat, debug.getinfo, type, jit

local arrivals = {}
-- A function whose name has a breakpoint, until its first line; the line of one that has told itself that it begins.
local called, begun
-- LuaJIT: by height, the lines in which calls were made.
local calling = {}

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

-- Whether a line has been told at a level of the caller: some Luas tell of the line in which a hook was set, others of the next one; and
-- LuaJIT begins a line anew when a function returns to it.
local function isTold(fn, line, level)
  local height = (begun or jit) and stack.height(level + 1)
  local was, interrupted = begun, calling[height]
  begun = nil
  if jit then calling[height] = nil end
  if interrupted and interrupted.fn == fn and interrupted.line == line then return true end
  return was ~= nil and was.fn == fn and was.line == line and was.height == height
end

-- The line at a level of the caller has been told; what some Luas tell of it again is no arrival.
function arrivals.markTold(level)
  level = level + 1
  local info = getinfo(level, "fl")
  begun = { fn = info.func, line = info.currentline, height = stack.height(level) }
end

-- LuaJIT: a function is called in the line of the one at a level of the caller.
function arrivals.interrupt(level)
  level = level + 1
  local info = getinfo(level, "fl")
  if info then calling[stack.height(level)] = { fn = info.func, line = info.currentline } end
end

-- The same of all calls of the coroutine that have not returned, before lines are listened to everywhere.
function arrivals.interruptAll(level)
  level = level + 1
  local own = stack.height(level)
  for above = 1, own do
    local info = getinfo(level + above, "fl")
    calling[own - above] = { fn = info.func, line = info.currentline }
  end
end

-- Copies begin in the first line, whether or not there is anything in it.
local function isOfCopy(fn)
  local info = getinfo(fn, "S")
  return info.what == "main" and byte(info.source, 1) == 64 and copies.beginsLater(sub(info.source, 2))
end

local function joined(list, other)
  if not list or not other then return list or other end
  local all = {}
  for index = 1, #list do all[index] = list[index] end
  for index = 1, #other do all[#all + 1] = other[index] end
  return all
end

local function breakpointsAt(fn, line)
  local own, was = breakpoints.of(fn), called
  local here = own and own[line] or nil
  if not was or was.fn ~= fn or was.thread ~= steps.current() then return here end
  called = nil
  local all = joined(was.list, here)
  return all
end

-- Of watches, at a level of the caller: their numbers, and what has changed; nil to go on.
local function changesAt(fn, level, line)
  local changes = watches.changed(level + 1, fn)
  if not changes then return nil end
  local ids, problem = arrivals.due(changes, level + 1, line)
  if not ids then return nil end
  local said = {}
  for index = 1, #changes do said[index] = changes[index].change end
  return ids, problem or concat(said, "; ")
end

-- At a level of the caller: a reason, a message, numbers of breakpoints; or nil. No call here is a tail call, which takes a level away.
local function reasonFor(fn, line, level)
  level = level + 1
  local list = breakpointsAt(fn, line)
  -- What a value was at the last stop is known, whatever that was for.
  local watched, changed
  if watches.areThere() then watched, changed = changesAt(fn, level, line) end
  if list then
    local ids, problem = arrivals.due(list, level, line)
    if ids then return "breakpoint", problem or changed, ids end
  end
  if going.isPausing then return "pause", changed end
  if watched then return "watch", changed, watched end
  local isStep = steps.isOn() and not program.isSkipped(fn) and steps.areOver(level, fn, line)
  if isStep then return going.stepReason() end
end

-- Stops there if there is a reason.
function arrivals.atLine(line, level)
  level = level + 1
  local fn = getinfo(level, "f").func
  if isOurs(fn) or isTold(fn, line, level) or line == 1 and isOfCopy(fn) then return end
  local reason, message, ids = reasonFor(fn, line, level)
  if reason then going.stopAt(level, reason, message, ids) end
end

-- The function at a level of the caller returns to the one at another level: a step out of it ends there, in the line of the call.
function arrivals.atReturn(level, outer)
  local info = getinfo(outer + 1, "Sf")
  if not info or not info.func or info.what == "C" or program.isSkipped(info.func) then return end
  if steps.areLeaving(level + 1) then going.stopAt(outer + 1, "step") end
end

-- A function that has breakpoints by its name stops at its first line.
function arrivals.atFirstLine(fn, list)
  called = { fn = fn, list = list, thread = steps.current() }
end

-- One of a library stops as it is called, at a level of the caller.
function arrivals.atCall(level, list)
  local ids, problem = arrivals.due(list, level + 1, 0)
  if ids then going.stopAt(level + 1, "breakpoint", problem, ids) end
end

-- A function with breakpoints has told that it begins. Where lines are heard, this one was.
function arrivals.atBegin(fn, line, level, isHeard)
  if not isHeard then arrivals.atLine(line, level + 1) end
  if not isHeard or jit then begun = { fn = fn, line = line, height = stack.height(level + 1) } end
end

return arrivals
