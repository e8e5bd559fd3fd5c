-- What a program calls, and which lines it executes, written as it does so: a client of the hooks. Each coroutine has a stack of
-- calls, which says how deep each is. An error leaves calls without a return, which is noticed at the return of who has caught it.
--
-- What differs by Lua: 5.1 tells of a tail call only in the function that it has called; LuaJIT of none, and of no return of a
-- function of C, so that it is asked there at each event who called whom.
local part, request, ownFolders, hits = ...
local concat, getinfo, running, setmetatable, type = table.concat, debug.getinfo, coroutine.running, setmetatable, type
local isJit = type(jit) == "table"
local isFirst = _VERSION == "Lua 5.1" and not isJit

local functions = part("profiler/functions", part "libraries", ownFolders, hits.standIns)
local texts = part "trace/texts"
local described = part("trace/functions", functions, request, texts)
local passed = part("trace/passed", part("trace/values", described))
local output = part("trace/output", request, texts)
local stacks = part("trace/stack", request, described, output)

local isOfLines = request.lines
local byThread, everywhere = setmetatable({}, { __mode = "k" }), {}
local current
-- 5.1: whether the function at the top was called by the last event, so that it may turn out to be a tail call.
local isNew = false

local function stackNow()
  local thread, isMain = running()
  local stack = byThread[thread or everywhere]
  if not stack then
    stack = stacks.new(not thread or isMain, current)
    byThread[thread or everywhere] = stack
  end
  current = stack
  return stack
end

-- 5.1: a level without a function below the one that was called stands for the one that it has taken the place of.
local function settle(stack, level)
  isNew = false
  local below = getinfo(level + 1, "f")
  if stack.depth >= 2 and below and not below.func then stack:becomeTail() end
  stack:showCall()
end

local function onCall(stack, level, event)
  local info = getinfo(level + 1, "fS")
  local isTail = event == "tail call"
  if isJit then isTail = stack:returnTo(getinfo(level + 2, "f"), level + 2, true) end
  if stack.depth == 0 then described.hideHost(level + 2) end
  if isTail then stack:replace(info.func)
  else stack:enter(info.func, stack.depth == 0 and getinfo(level + 2, "f") or nil) end
  if stack:mayShowCall() then stack:give(passed.given(info.func, level + 1)) end
  isNew = isFirst and info.what ~= "C"
  if not isNew then stack:showCall() end
end

local function onLine(stack, line, level)
  if isJit then stack:returnTo(getinfo(level + 1, "f"), level + 1) end
  if isOfLines then stack:line(line) end
end

local function onReturn(stack, level)
  local info = getinfo(level + 1, "fl")
  if isJit then stack:returnTo(info, level + 1) end
  local back = stack:showsEnd(info.func) and passed.back(level + 1) or nil
  stack:leave(info.func, info.currentline, back)
end

local isCalibrated = false
local client = { catches = true }

-- What is over costs nothing more.
local function stop()
  hits.hooks().remove(client)
  if isJit then jit.on() end
end

-- In other Luas than LuaJIT, the coroutine changes at calls and returns alone.
local function onEvent(event, line, level)
  level = level or 2
  if output.isOver() then stop() return end
  if not isCalibrated then
    if event == "call" and getinfo(level, "f").func == type then passed.calibrate(level) end
    return
  end
  local stack = event == "line" and not isJit and current or stackNow()
  if isNew then settle(stack, event == "call" and level + 2 or level + 1) end
  if event == "line" then onLine(stack, line, level)
  elseif event == "return" then onReturn(stack, level)
  elseif event ~= "tail return" then onCall(stack, level, event) end
end

local trace = {}

-- A test begins; without arguments it has ended.
function trace.test(file, line, ...)
  if ... then output.test(described.placeOf(file, line), concat({ ... }, " ")) end
end

function trace.start()
  if isJit then jit.off() end
  local hearsLines = isOfLines or isFirst or isJit
  client.mask, client.call = hearsLines and "crl" or "cr", onEvent
  hits.hooks().add(client)
  -- A function of C that is given one value.
  type(trace)
  isCalibrated = true
end

return trace
