-- Coroutines that a program makes while somebody listens, or may come to listen: each has a hook of its own.
local coroutine, refusal, standIns = ...
local create, wrap, running = coroutine.create, coroutine.wrap, coroutine.running
local getupvalue, getinfo, error, pcall, type = debug.getupvalue, debug.getinfo, error, pcall, type
local status, max = coroutine.status, math.max
local next, setmetatable, sort = next, setmetatable, table.sort
-- From how many on it is worth while to look which ones are dead.
local fewest = 1000
local isFirst = not rawlen and not jit

local coroutines = {}
local onNew
-- Those that were made when nobody listened, by their number; whether that is of interest.
local noted, count, isNoting = setmetatable({}, { __mode = "k" }), 0, false

-- A table with what is kept about coroutines, as long as they are not dead. Until the collector comes there may be very many that are,
-- and in an engine without weak tables for ever: once there are twice as many as were left, these go. Returns what is called for each
-- new one.
function coroutines.forget(kept)
  local new, most = 0, fewest
  return function()
    new = new + 1
    if new < most then return end
    local left = 0
    for thread in next, kept do
      if type(thread) == "thread" and status(thread) == "dead" then kept[thread] = nil
      else left = left + 1 end
    end
    new, most = 0, max(fewest, left)
  end
end

local forget = coroutines.forget(noted)

local function note(thread)
  count = count + 1
  noted[thread] = count
  forget()
end

local function newCreate(...)
  local ok, thread = pcall(create, ...)
  if not ok then error(refusal(thread, "coroutine.create"), 2) end
  onNew(thread)
  return thread
end

-- 5.1 shows nothing of what a function of C holds: there, the coroutine itself begins with this.
local function wrapFromInside(fn)
  return wrap(function(...)
    onNew(running())
    return fn(...)
  end)
end

local function newWrap(...)
  local fn = ...
  if isFirst and type(fn) == "function" and getinfo(fn, "S").what ~= "C" then return wrapFromInside(fn) end
  local ok, result = pcall(wrap, ...)
  if not ok then error(refusal(result, "coroutine.wrap"), 2) end
  if not isFirst then
    local _, thread = getupvalue(result, 1)
    onNew(thread)
  end
  return result
end

standIns[newCreate], standIns[newWrap] = true, true

local function install()
  if coroutine.create == create then coroutine.create = newCreate end
  if coroutine.wrap == wrap then coroutine.wrap = newWrap end
end

-- Those that were made while nobody heard of it, in their order.
function coroutines.noted()
  local threads, numbers = {}, noted
  for thread in next, numbers do threads[#threads + 1] = thread end
  sort(threads, function(a, b) return numbers[a] < numbers[b] end)
  return threads
end

-- From here on those that nobody hears of are kept for who comes later.
function coroutines.note()
  onNew, isNoting = onNew or note, true
  install()
end

-- From here on `hear` is called for each new coroutine, in the one that makes it or in itself; `hearOld` is for those that were noted.
function coroutines.watch(hear, hearOld)
  local threads = coroutines.noted()
  for index = 1, #threads do noted[threads[index]] = nil end
  for index = 1, #threads do hearOld(threads[index]) end
  onNew = hear
  install()
end

function coroutines.leave()
  if isNoting then
    onNew = note
    return
  end
  if coroutine.create == newCreate then coroutine.create = create end
  if coroutine.wrap == newWrap then coroutine.wrap = wrap end
end

return coroutines
