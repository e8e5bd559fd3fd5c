-- Whether a program that goes on by steps has come to where it is to stop.
--
-- The frame in which a step begins is at a height in its coroutine. Calls in it are higher, and so is what a coroutine does that
-- it resumes, which is then "normal". Where it has yielded or ended, whoever goes on is where the step ends.
local stack, pathOf = ...
local running, status, getinfo = coroutine.running, coroutine.status, debug.getinfo
local isFirst = not rawlen and not jit

local steps = {}
local mode, start

-- 5.1 has levels for calls that tail calls have taken the place of.
local function tails(level)
  local count = 0
  if not isFirst then return count end
  local info = getinfo(level + 1, "S")
  while info do
    if info.what == "tail" then count = count + 1 end
    level = level + 1
    info = getinfo(level + 1, "S")
  end
  return count
end

-- The height of a level of the caller.
local function height(level)
  local plain = stack.height(level + 1)
  local less = tails(level + 1)
  return plain - less
end

function steps.current()
  local thread, isMain = running()
  return not isMain and thread or false
end

-- Begins at a level of the caller; nil before anything runs.
function steps.begin(go, level)
  mode = go.kind
  start = { thread = steps.current() }
  if level then
    local info = getinfo(level + 1, "fl")
    start.fn, start.line, start.height = info.func, info.currentline, height(level + 1)
    -- What made a tail call is gone, and was called by what is below.
    if not info.func then start.height = start.height + 1 end
  end
  start.path, start.goal = go.file and pathOf("@" .. go.file), go.line
end

function steps.finish()
  mode = nil
end

function steps.isOn()
  return mode ~= nil
end

local function isInside()
  if not start.thread then return true end
  return status(start.thread) == "normal"
end

-- Whether a step out is over as the function at a level of the caller returns.
function steps.areLeaving(level)
  local isOut = mode == "out" and start.height and steps.current() == start.thread
  return isOut and height(level + 1) == start.height
end

local arrived = {}

arrived["in"] = function(level, fn, line, isSame)
  if not isSame or not start.fn then return true end
  if fn ~= start.fn or line ~= start.line then return true end
  return height(level + 1) ~= start.height
end

function arrived.over(level, fn, line, isSame)
  if not isSame then return not isInside() end
  local own = height(level + 1)
  return own < start.height or own == start.height and fn == start.fn and line ~= start.line
end

function arrived.out(level, _, _, isSame)
  if not isSame then return not isInside() end
  return height(level + 1) < start.height
end

function arrived.switch(_, _, _, isSame)
  return not isSame
end

arrived["until"] = function(level, fn, line, isSame)
  if line == start.goal and pathOf(getinfo(fn, "S").source) == start.path then return true end
  local isOut = arrived.out(level + 1, fn, line, isSame)
  return isOut
end

-- At a line of the function at a level of the caller.
function steps.areOver(level, fn, line)
  local isSame = steps.current() == start.thread
  local over = arrived[mode](level + 1, fn, line, isSame)
  return over
end

return steps
