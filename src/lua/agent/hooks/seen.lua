-- Which events a program would have if nothing of ours was there. What stands in for a function of C is called and returns as that
-- one does; what it does meanwhile nobody sees, and nothing else of ours. Program's functions that it calls are the program's.
local isOurs, standIns = ...
local getinfo, find, jit = debug.getinfo, string.find, jit

local seen = { isOurs = isOurs, standIns = standIns }

-- LuaJIT begins a line anew after a function of Lua that was called in it, and after one of C it does not.
local last, interrupted = {}, nil

local function isAnew(fn, line)
  local was = interrupted
  -- What ours calls of the program, as a reader, comes between.
  if was and was.fn == fn then interrupted = nil end
  last = { fn = fn, line = line }
  return was ~= nil and was.fn == fn and was.line == line
end

-- The same after a function of C, where somebody listens to calls.
function seen.called(level)
  if jit and getinfo(level + 1, "S").what == "C" then interrupted = interrupted or last end
end

-- From here on, as if the program's function at a level had had its line already.
function seen.begin(level)
  local info = jit and getinfo(level + 1, "fl")
  if info then interrupted = { fn = info.func, line = info.currentline } end
end

-- 5.2 and later ones tell a line at each count, whether it has begun or goes on.
local isToldAtCounts, isCounted = find(_VERSION, "5%.[^1]") ~= nil, false
local lastFunction, lastLine

function seen.counted()
  isCounted = isToldAtCounts
end

local function isGoingOn(fn, line)
  local isSame = isCounted and fn == lastFunction and line == lastLine
  isCounted, lastFunction, lastLine = false, fn, line
  return isSame
end

local function isLineSeen(fn, line)
  if isOurs(fn) then
    interrupted = interrupted or last
    return false
  end
  if not line then return true end
  if isToldAtCounts then return not isGoingOn(fn, line) end
  return not jit or not isAnew(fn, line)
end

-- Whether the innermost function of Lua around the one at a level is none of ours.
local function isCalledByProgram(level)
  repeat
    level = level + 1
    local info = getinfo(level, "Sf")
    if not info then return true end
  until info.func and info.what ~= "C"
  return not isOurs(getinfo(level, "f").func)
end

seen.isCalledByProgram = isCalledByProgram

-- For an event of the function at a level, counted from the caller of this.
function seen.isSeen(level, event, line)
  local fn = getinfo(level + 1, "f").func
  -- In 5.1 a level may be of a tail call, which has none.
  if not fn then return true end
  if event == "line" or event == "count" then return isLineSeen(fn, line) end
  -- LuaJIT does not tell that a function of C returns.
  if isOurs(fn) then return standIns[fn] ~= nil and (not jit or event == "call") and isCalledByProgram(level + 2) end
  return getinfo(fn, "S").what ~= "C" or isCalledByProgram(level + 2)
end

return seen
