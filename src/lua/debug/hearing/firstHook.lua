-- 5.1 lets nobody set the hook of the first coroutine but what runs in it: it gets what it is to have when it goes on, from what has
-- resumed another one there.
local standIns, coroutine = ...
local running = coroutine.running
local resume, wrap = coroutine.resume, coroutine.wrap

local firstHook = {}
local whenBack

-- Has a function called when the first coroutine goes on, if that does not run.
function firstHook.set(call)
  whenBack = running() and call or nil
end

local function goOn(...)
  if whenBack and not running() then
    local call = whenBack
    whenBack = nil
    call()
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
