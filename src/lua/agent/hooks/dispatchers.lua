-- What Lua calls for an event in a coroutine: whoever listens there, and then the program's own hook, where it may see the event. `state`
-- is what is known of the coroutine; `isCurrent(state)` says whether that one runs, `arm(state)` gives its slot what it needs now, and
-- `drop(client, message)` removes a client that has failed.
local counts, seen, isCurrent, arm, drop = ...
local find, pcall, running, sethook = string.find, pcall, coroutine.running, debug.sethook
local isSeen, called = seen.isSeen, seen.called
local jit, isFirst = jit, not rawlen and not jit

local dispatchers = {}

local function isElsewhere(client)
  return jit and client.thread and client.thread ~= running()
end

-- `level` is the one of the function that the event is about, counted from the caller of this.
local function tell(client, level, event, line)
  if not client.isOn or isElsewhere(client) then return end
  local ok, result = true, nil
  if client.catches then result = client.call(event, line, level + 2)
  else ok, result = pcall(client.call, event, line, level + 3) end
  if ok then return result end
  drop(client, result)
end

-- How far the slot is to count. Lua counts what hooks execute as well, and where that ends a count nobody is told. Beside what we do at
-- other events in 5.1, where all of that took the same instructions each time round, a loop never ended a count itself: there each
-- instruction is looked at. Later versions would tell of lines again after each.
function dispatchers.distance(state)
  local isCrowded = isFirst and state.isHeard and counts.areExact(state.counters)
  return isCrowded and 1 or counts.distance(state.counters)
end

-- An event of ours takes no fewer instructions than this.
local leastOfEvent = 20

-- A count that ends in what we do at other events is told to nobody, and goes on from there: where each round of a loop takes a certain number of
-- instructions, that may be so for ever. When it must have ended, it is made to end in what the program does next, each time elsewhere.
local function endCount(state)
  state.heard = state.heard + 1
  if state.heard * leastOfEvent < state.distance then return end
  sethook(state.dispatch, state.mask, state.heard % 13 + 1)
end

-- Returns whether the program's own count is due.
local function passCount(state)
  state.heard = 0
  state.isCounting = true
  local isTheirs, due = counts.advance(state.counters, state.distance)
  for i = 1, #due do
    local counter = due[i]
    counts.goOn(counter, tell(counter.client, 4, "count", counter.size) or counter.client.count)
  end
  state.isCounting, state.distance = false, dispatchers.distance(state)
  return isTheirs
end

-- The hook of a coroutine.
function dispatchers.make(state)
  local function onCount()
    -- What sets the slot is ours, and knows better what it is to have.
    if state.isArming then return nil end
    -- 5.1 calls the hook of a coroutine that is gone for one that has its address, before that has one of its own.
    if not isCurrent(state) then return nil end
    local before = state.distance
    local isTheirs = passCount(state)
    local theirs = isTheirs and state.theirs
    if theirs and not isSeen(3, "count") then theirs = nil end
    if not theirs then seen.counted() end
    if state.isStale and not find(state.mask, "l", 1, true) then arm(state)
    elseif state.isDispatching and (before > 1 or state.distance > 1) then sethook(state.dispatch, state.mask, state.distance) end
    return theirs and theirs.hook
  end
  return function(event, line)
    if event == "count" then
      local hook = onCount()
      if hook then return hook(event, line) end
      return
    end
    if state.isStale then arm(state) end
    local heard = state.listeners[event]
    for i = 1, #heard do tell(heard[i], 2, event, line) end
    if state.isExact and #heard > 0 and state.distance > 1 then endCount(state) end
    local theirs = state.theirs
    if theirs and event == "call" then called(2) end
    if theirs and theirs.wants[event] and isSeen(2, event, line) then return theirs.hook(event, line) end
  end
end

return dispatchers
