-- Which events of Lua's hook are listened to: none where nothing is to stop the program, lines everywhere in steps. For breakpoints, lines
-- are listened to in functions that have one: they tell of themselves, or calls are listened to.
--
-- In a coroutine, what a function with breakpoints calls runs without lines, and a return to it has them again. LuaJIT does not tell that
-- functions of C return, so that lines are listened to there until the function returns. Its compiled code calls no hooks:
-- there, functions with breakpoints are left to the interpreter, and all are in steps.
local manager, breakpoints, stack, call, firstHookFor = ...
local getinfo, next, setmetatable = debug.getinfo, next, setmetatable
local jit = jit

local hearing = {}
local client = { mask = "", call = call, catches = true }
local firstHook = firstHookFor and firstHookFor(client)
local base = ""
local weak = { __mode = "k" }
-- By coroutine: what is listened to there, and at which height the outermost function with breakpoints runs.
local masks, heights = setmetatable({}, weak), setmetatable({}, weak)
local isCompiling = jit and jit.status() or false

local function interpret(isEverywhere)
  if not isCompiling then return end
  if isEverywhere then jit.off() else jit.on() end
  jit.flush()
end

-- Masks: "crl" for lines everywhere, "c" for calls, "" for nothing but what functions tell.
function hearing.set(mask)
  if mask == base and not next(heights) and client.isOn then return end
  if (mask == "crl") ~= (base == "crl") then interpret(mask == "crl") end
  base, client.mask = mask, mask
  if firstHook then firstHook.changed() end
  masks, heights = setmetatable({}, weak), setmetatable({}, weak)
  manager.add(client)
end

local function narrow(key, mask)
  if (masks[key] or base) == mask then return end
  masks[key] = mask
  manager.narrow(client, mask)
end

-- LuaJIT has one hook for all coroutines, and the first one is no key.
local function keyOf(thread)
  return not jit and thread or client
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
  if isCompiling then jit.off(fn, true) end
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
