-- Which events of Lua's hook are listened to: none where nothing is to stop the program, lines everywhere in steps. For breakpoints, lines
-- are listened to in functions that have one: they tell of themselves, or calls are listened to.
--
-- In a coroutine, what a function with breakpoints calls runs without lines, and a return to it has them again. LuaJIT does not tell that
-- functions of C return, so that lines are listened to there until the function returns. Its compiled code calls no hooks:
-- there, functions with breakpoints are left to the interpreter, and all are in steps. `isCompiling` is for LuaJIT; `pausing` is told
-- whether lines are listened to.
local manager, breakpoints, stack, isOurs, current, call, firstHook, isCompiling, pausing = ...
local getinfo, next, setmetatable = debug.getinfo, next, setmetatable
local jit = jit

local hearing = {}
local client = { mask = "", call = call, catches = true }
local base, isCertain = "", true
-- Of the breakpoints that this is for.
local version = 0
local weak = { __mode = "k" }
-- By coroutine: what is listened to there, and at which height the outermost function with breakpoints runs.
local masks, heights = setmetatable({}, weak), setmetatable({}, weak)
-- Lua goes from the innermost level to each that is asked for, so that to ask for all of a deep stack would take minutes.
local mostLevels = 5000

local function listen()
  manager.add(client)
end

-- A program may have turned compiling off.
local wasOn = false

local function interpret(isEverywhere)
  if not isCompiling then return end
  if isEverywhere then
    wasOn = jit.status()
    jit.off()
  elseif wasOn then jit.on() end
  jit.flush()
end

-- Functions that have breakpoints, in LuaJIT, until these are set anew.
local interpretedFunctions = setmetatable({}, weak)

local function interpretFunction(fn)
  if not isCompiling or interpretedFunctions[fn] then return end
  interpretedFunctions[fn] = true
  jit.off(fn, true)
end

local function compileFunctions()
  for fn in next, interpretedFunctions do jit.on(fn, true) end
  interpretedFunctions = setmetatable({}, weak)
end

local function follow(mask)
  if pausing then pausing.set(mask == "crl") end
end

local function narrow(key, mask, thread)
  if (masks[key] or base) == mask then return end
  masks[key] = mask
  manager.narrow(client, mask, thread)
  if isCompiling then follow(mask) end
end

-- LuaJIT has one hook for all coroutines, and the first one is no key.
local function keyOf(thread)
  return not jit and thread or client
end

-- Whether the innermost function of the program has breakpoints, and how far out the outermost one is that has; `infoAt` gives levels.
local function found(infoAt)
  local isInnermost, outermost, known = nil, nil, 1
  local info = infoAt(known)
  while info and known <= mostLevels do
    local fn = info.func
    local own = fn and breakpoints.of(fn)
    if own then
      outermost = known
      interpretFunction(fn)
    end
    if isInnermost == nil and fn and info.what ~= "C" and not isOurs(fn) then isInnermost = own and true or false end
    known = known + 1
    info = infoAt(known)
  end
  return isInnermost, outermost
end

-- Functions with breakpoints that run already have told of themselves before. `thread` is nil for the coroutine that runs, `height` is
-- that of the first level.
local function restore(key, thread, height, infoAt)
  local isInnermost, outermost = found(infoAt)
  if not outermost then return end
  heights[key] = height + 1 - outermost
  narrow(key, (isInnermost or jit) and "crl" or "cr", thread)
end

local function restoreAll()
  if not breakpoints.areOfLines() then return end
  local now = current()
  restore(keyOf(now), nil, stack.height(1), function(level)
    local info = getinfo(level + 3, "Sf")
    return info
  end)
  local threads = manager.threads()
  for index = 1, #threads do
    local thread = threads[index]
    local own = not manager.isMain(thread) and thread
    if own ~= now then
      restore(keyOf(own), thread, stack.heightOf(thread), function(level) return getinfo(thread, level - 1, "Sf") end)
    end
  end
end

-- Masks: "crl" for lines everywhere, "c" for calls, "" for nothing but what functions tell.
function hearing.set(mask)
  if isCertain and mask == base and (mask == "crl" or version == breakpoints.version()) then return end
  isCertain, version = true, breakpoints.version()
  if (mask == "crl") ~= (base == "crl") then interpret(mask == "crl") end
  -- Once lines are listened to, all that is done here takes long.
  if mask == "crl" then follow(mask) end
  base, client.mask = mask, mask
  if firstHook then firstHook.set(listen) end
  compileFunctions()
  masks, heights = setmetatable({}, weak), setmetatable({}, weak)
  listen()
  if mask == "crl" then return end
  follow(mask)
  restoreAll()
end

-- Another thread writes where Lua keeps its hooks, and one that was being set then may be lost.
function hearing.doubt()
  isCertain = false
end

-- Whether lines are heard in a coroutine.
function hearing.isOfLines(thread)
  return (masks[keyOf(thread)] or base) == "crl"
end

-- Whether no function with breakpoints runs anywhere, so that calls of others change nothing.
function hearing.isQuiet()
  return base == "c" and not next(heights)
end

-- A function with breakpoints begins in the coroutine that runs, at a level of the caller.
function hearing.entered(thread, fn, level)
  if base == "crl" then return end
  local key = keyOf(thread)
  heights[key] = heights[key] or stack.height(level + 1)
  interpretFunction(fn)
  narrow(key, "crl")
end

-- Another one is called.
function hearing.called(thread, fn)
  if base == "crl" or jit or not heights[keyOf(thread)] then return end
  if getinfo(fn, "S").what ~= "C" then narrow(keyOf(thread), "cr") end
end

-- The function at a level of the caller returns to `outer`, which may be nil. What has ended by an error has told nothing.
function hearing.returned(thread, level, outer)
  local key = keyOf(thread)
  if base == "crl" or not heights[key] then return end
  if not stack.isHigher(level + 1, heights[key]) then
    heights[key] = nil
    narrow(key, base)
  elseif outer and breakpoints.of(outer) then narrow(key, "crl") end
end

return hearing
