-- How a program goes on, and is made to stand still: `isDetached`, once it does not any more; `isPausing`, until the next line.
local stop, steps, watches, breakpoints = ...
local exit, jit = os.exit, jit

local going = { isDetached = false, isPausing = false }
local isEntering = true

-- What hears events, and what these mean, is known later.
local hearing, arrivals

function going.hearBy(...)
  hearing, arrivals = ...
end

-- Which events of the hook matter from here on.
local function hear()
  local isEverywhere = steps.isOn() or watches.areThere() or breakpoints.areOfFunctions() or going.isPausing
  if going.isDetached then hearing.set ""
  elseif isEverywhere then hearing.set "crl"
  else hearing.set(breakpoints.areTold() and "" or "c") end
end

-- By a command of the protocol; `level` is the caller's where a program stands, nil where it has not begun.
function going.on(request, level)
  going.isPausing = false
  steps.finish()
  if request.command == "terminate" then exit(0, true) end
  if request.command == "detach" then going.isDetached = true
  elseif request.go.kind ~= "continue" then steps.begin(request.go, level and level + 1) end
  if jit and level and steps.isOn() then arrivals.interruptAll(level + 1) end
  hear()
end

-- At a level of the caller.
function going.stopAt(level, reason, message, ids)
  isEntering = false
  local request = stop.at(level + 1, reason, message, ids)
  going.on(request, level + 1)
end

-- In the middle of the line at a level of the caller.
function going.pauseAt(level)
  arrivals.markTold(level + 1)
  going.stopAt(level + 1, "pause")
end

function going.stopAtDeath(thread, message)
  isEntering = false
  local request = stop.atDeath(thread, message)
  going.on(request)
end

-- What a step is that has come to its end.
function going.stepReason()
  return isEntering and "entry" or "step"
end

-- It is asked for until the program stands.
function going.pause()
  going.isPausing = true
  hear()
end

-- Other breakpoints tell of themselves.
function going.hear()
  hear()
end

function going.detach()
  going.isDetached = true
  hear()
end

-- Whether nothing is to stop the program now.
function going.isFree()
  return going.isDetached or stop.isOn()
end

return going
