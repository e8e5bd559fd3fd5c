-- The one hook that Lua has for each coroutine. Some Luas keep the functions in a table of the registry by a name, which a metatable of
-- the registry can give: for each event, before the hook is called. There a program's hook is called by Lua itself, as ever, and
-- not at all for what is ours.
local seen = ...
local sethook, getregistry, getmetatable, setmetatable = debug.sethook, debug.getregistry, debug.getmetatable, debug.setmetatable
local getinfo, create, running, ipairs, next = debug.getinfo, coroutine.create, coroutine.running, ipairs, next
local jit, rawget, rawset, type = jit, rawget, rawset, type
local isOurs, isCalledByProgram, standIns = seen.isOurs, seen.isCalledByProgram, seen.standIns

local slot = {}
local isWatching, isSetting = false, false

local function nothing() end

-- The hooks that Lua finds by their coroutine; nobody's; and what asks first whether the program would have the event.
local weak = { __mode = "k" }
local functions, none, asking = {}, {}, {}
for _, each in ipairs { functions, none, asking } do setmetatable(each, weak) end
local hookKey

local function tableFor(_, key)
  if key ~= hookKey then return nil end
  if isSetting then return none end
  if not asking[running()] then return functions end
  local fn = getinfo(2, "f").func
  if standIns[fn] then return asking end
  if isOurs(fn) then return none end
  if getinfo(2, "S").what == "C" and not isCalledByProgram(3) then return none end
  return functions
end

-- Each call of sethook makes sure that there is a table: which name it has then. It is of a coroutine that has no hook.
local function findKey(registry)
  sethook(create(nothing), nil)
  for _, key in ipairs { "_HOOKKEY", "_HKEY" } do
    if rawget(registry, key) then return key end
  end
end

local function watch()
  local registry = not jit and rawlen and getregistry and getregistry()
  if isWatching or not registry or getmetatable(registry) then return isWatching end
  hookKey = findKey(registry)
  if not hookKey then return false end
  local before = rawget(registry, hookKey)
  if before ~= functions then
    for thread, fn in next, before do functions[thread] = fn end
  end
  setmetatable(registry, { __index = tableFor })
  rawset(registry, hookKey, nil)
  isWatching = true
  return true
end

-- Its own instructions would count. Lua takes for granted that there is a table, at each moment.
local function unwatch()
  if next(asking) then return end
  isWatching = false
  rawset(getregistry(), hookKey, functions)
  setmetatable(getregistry(), nil)
end

-- The main coroutine of a Lua that does not tell it can be set from inside alone.
local function call(key, ...)
  if type(key) == "thread" then sethook(key, ...)
  elseif jit or not running() then sethook(...) end
end

-- While Lua writes the table, that is nobody's.
local function write(key, ask, fn, mask, count)
  isSetting = true
  asking[key] = ask
  if fn then call(key, nothing, mask, count) else call(key) end
  none[key], functions[key] = nil, fn
  isSetting = false
end

-- Sets the hook of a coroutine, nil for none.
function slot.set(key, fn, mask, count)
  if isWatching then
    write(key, nil, fn, mask, count)
    unwatch()
  elseif fn then call(key, fn, mask, count) else call(key) end
end

-- Whether a program's hook can be called by Lua itself for what is none of ours.
slot.canAsk = watch

-- Sets such a hook; for what stands in for functions of C, `ask` is called in its place.
function slot.setProgram(key, ask, fn, mask, count)
  write(key, ask, fn, mask, count)
end

return slot
