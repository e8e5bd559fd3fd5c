-- Counts of several sizes in one coroutine, whose slot counts to whichever comes next. A counter is how many instructions are `left`, how
-- many the next event stands for, and the client, nil for the program's own.
local min = math.min

local counts = {}

-- What a slot can count to.
local greatest = 2 ^ 30

-- Parts of a size, spread evenly.
local turn = 0
local function partOf(size)
  turn = (turn + 0.6180339887498949) % 1
  local offset = turn * size
  return offset - offset % 1 + 1
end

-- A counter of the program's own, which begins when it is set.
function counts.ofProgram(size)
  return { size = size, left = size }
end

-- One of a client: from its begin, or in between.
function counts.ofClient(client, isNew)
  if not isNew then return { client = client, size = client.count, left = partOf(client.count) } end
  local first = client.first or client.count
  return { client = client, size = first, left = first }
end

-- Has a counter go on to its next event.
function counts.goOn(counter, size)
  counter.size, counter.left = size, counter.left + size
end

-- Whether it matters where one of them ends.
function counts.areExact(counters)
  for i = 1, #counters do
    local client = counters[i].client
    if not client or not client.isRough then return true end
  end
  return false
end

-- How far it is to the next count that is due.
function counts.distance(counters)
  local distance = greatest
  for i = 1, #counters do distance = min(distance, counters[i].left) end
  return distance
end

-- Counts what has passed. Returns whether the program's own count is due, and the counters of clients that are, which stand still.
function counts.advance(counters, distance)
  local isTheirs, due = false, {}
  for i = 1, #counters do
    local counter = counters[i]
    counter.left = counter.left - distance
    if counter.left <= 0 then
      if counter.client then
        due[#due + 1] = counter
      else
        isTheirs = true
        counts.goOn(counter, counter.size)
      end
    end
  end
  return isTheirs, due
end

return counts
