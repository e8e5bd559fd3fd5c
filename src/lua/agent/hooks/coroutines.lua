-- Coroutines that a program makes while somebody listens: each has a hook of its own.
local coroutine, refusal, standIns = ...
local create, wrap, running = coroutine.create, coroutine.wrap, coroutine.running
local getupvalue, getinfo, error, pcall, type = debug.getupvalue, debug.getinfo, error, pcall, type
local isFirst = not rawlen

local coroutines = {}
local onNew

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

-- From here on `hear` is called for each new coroutine, in the one that makes it or in itself.
function coroutines.watch(hear)
  onNew = hear
  if coroutine.create == create then coroutine.create = newCreate end
  if coroutine.wrap == wrap then coroutine.wrap = newWrap end
end

function coroutines.leave()
  if coroutine.create == newCreate then coroutine.create = create end
  if coroutine.wrap == newWrap then coroutine.wrap = wrap end
end

return coroutines
