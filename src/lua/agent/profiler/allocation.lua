-- What was allocated from event to event. The collector runs when we say so, between two looks, as what it frees meanwhile would be
-- missing from what was allocated.
local collect = collectgarbage
local kilobyte = 1024

local allocation = {}
local last, limit = 0, 0
-- How much a program may hold before it is collected, in kilobytes: as much again as was left, and this.
local least = 32 * kilobyte

local function tidy()
  collect "collect"
  -- 5.1 goes on by itself then.
  collect "stop"
  local left = collect "count"
  limit = left * 2 + least
end

function allocation.start()
  tidy()
  last = collect "count"
end

-- In bytes.
function allocation.sinceLast()
  local now = collect "count"
  -- A program may have collected by itself.
  return now > last and (now - last) * kilobyte or 0
end

function allocation.goOn()
  if collect "count" > limit then tidy() end
  last = collect "count"
end

return allocation
