-- 5.1 lets nobody set the hook of the first coroutine but what runs in it: it gets what it is to have when it goes on, from what has
-- resumed another one there.
local standIns, manager, client = ...
local coroutine, running = coroutine, coroutine.running
local resume, wrap = coroutine.resume, coroutine.wrap

local firstHook = {}
local isStale = false

-- What is listened to has changed.
function firstHook.changed()
  isStale = running() ~= nil
end

local function goOn(...)
  if isStale and not running() then
    isStale = false
    manager.add(client)
  end
  return ...
end

local function newResume(...)
  return goOn(resume(...))
end

local function newWrap(...)
  local inner = wrap(...)
  local function call(...)
    return goOn(inner(...))
  end
  standIns[call] = true
  return call
end

standIns[newResume], standIns[newWrap] = true, true
coroutine.resume, coroutine.wrap = newResume, newWrap

return firstHook
