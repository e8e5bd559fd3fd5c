-- 5.1 lets nobody set the hook of the first coroutine but what runs in it: it gets what it is to have when it goes on, from what has
-- resumed another one there.
local given = ...
local standIns, coroutine, refuse = given.standIns, given.coroutine, given.refuse
local running = coroutine.running
local create, resume, wrap = coroutine.create, coroutine.resume, coroutine.wrap
local error, pcall, type = error, pcall, type

local firstHook = {}
local whenBack

-- Has a function called when the first coroutine goes on, if that does not run.
function firstHook.set(call)
  whenBack = running() and call or nil
end

local function goOn()
  if not whenBack or running() then return end
  local call = whenBack
  whenBack = nil
  call()
end

-- What has called this stays on the stack.
local function same(...)
  return ...
end

local function gone(...)
  goOn()
  return ...
end

local function newResume(...)
  if type((...)) ~= "thread" then refuse("coroutine.resume", resume, ...) end
  return gone(resume(...))
end

-- As the call of a function of C that is called there: the place of an error is that of the call of this one's caller.
local function resultsOf(ok, ...)
  goOn()
  if not ok then error((...), 3) end
  return ...
end

local function newWrap(...)
  local ok, thread = pcall(create, ...)
  if not ok then refuse("coroutine.wrap", wrap, ...) end
  local function call(...)
    return same(resultsOf(resume(thread, ...)))
  end
  standIns[call] = true
  -- It is on the stack of whoever calls it while its error is raised.
  given.traceback.install()
  return call
end

standIns[newResume], standIns[newWrap] = true, true
coroutine.resume, coroutine.wrap = newResume, newWrap

return firstHook
