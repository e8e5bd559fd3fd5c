-- What was allocated from event to event. The collector runs when we say so, between two looks, as what it frees meanwhile would be
-- missing from what was allocated.
local holders = ...
local collect = collectgarbage
local kilobyte = 1024

local allocation = {}
-- In kilobytes.
local last, limit, left = 0, 0, 0
-- How much a program may hold before it is collected, in kilobytes: half as much again as was left, and this.
local least = kilobyte

-- While 5.4 and 5.5 call a finalizer they do not say how much there is.
local function count()
  return collect "count" or last
end

local function tidy()
  collect "collect"
  -- 5.1 goes on by itself then.
  collect "stop"
  local held = count()
  limit = held * 1.5 + least
  return held
end

function allocation.start()
  holders.begin(tidy() * kilobyte)
  last = count()
end

-- In bytes.
function allocation.sinceLast()
  local now = count()
  -- A program may have collected by itself.
  return now > last and (now - last) * kilobyte or 0
end

-- What is allocated while a program stands still is not its own.
function allocation.stand(isStanding)
  if isStanding then left = count() else last = last + count() - left end
end

-- Returns whether that took long.
function allocation.goOn()
  local isDue = count() > limit
  if isDue then holders.look(tidy() * kilobyte) end
  last = count()
  return isDue
end

-- What is held at the end of the script or the program, unless it is a finalizer in 5.4 or 5.5 that tells us of that. Returns whether that
-- took long.
function allocation.finish(isScript)
  if not collect "count" then return false end
  holders.look(tidy() * kilobyte, isScript)
  last = count()
  return true
end

return allocation
