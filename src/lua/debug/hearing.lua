-- Which events of Lua's hook are listened to: none where nothing is to stop the program; calls where there are breakpoints, and lines in
-- functions that have one; lines everywhere in steps.
--
-- In a coroutine, what a function with breakpoints calls runs without lines, and a return to it has them again. LuaJIT does not tell that
-- functions of C return, so that lines are listened to there until the function returns. Its compiled code calls no hooks:
-- there, sources with breakpoints are left to the interpreter, and all are in steps.
local manager, breakpoints, call = ...
local getinfo, setmetatable = debug.getinfo, setmetatable
local jit = jit

local hearing = {}
local client = { mask = "", call = call, catches = true }
local base = ""
-- By coroutine: what is listened to there, and how many functions with breakpoints run.
local masks, depths = setmetatable({}, { __mode = "k" }), setmetatable({}, { __mode = "k" })
local isCompiling = jit and jit.status() or false

local function interpret(isEverywhere)
  if not isCompiling then return end
  if isEverywhere then jit.off() else jit.on() end
  jit.flush()
end

-- `isEverywhere`: whether lines of all functions matter; `isSome`: whether there are breakpoints.
function hearing.set(isEverywhere, isSome)
  local mask = isEverywhere and "crl" or isSome and "c" or ""
  if mask == base and not isSome then return end
  base, client.mask = mask, mask
  masks, depths = setmetatable({}, { __mode = "k" }), setmetatable({}, { __mode = "k" })
  if jit then interpret(isEverywhere) end
  manager.add(client)
end

local function narrow(key, mask)
  if (masks[key] or base) == mask then return end
  masks[key] = mask
  manager.narrow(client, mask)
end

-- In LuaJIT, code that is compiled later has breakpoints as well.
local function leaveToInterpreter(fn)
  if isCompiling then jit.off(fn, true) end
end

-- LuaJIT has one hook for all coroutines, and the first one is no key.
local function keyOf(thread)
  return not jit and thread or client
end

-- `thread` is the coroutine that runs.
function hearing.called(thread, fn, isTail)
  local key = keyOf(thread)
  local own = breakpoints.of(fn)
  if base ~= "c" then return end
  local depth = depths[key] or 0
  if own then
    leaveToInterpreter(fn)
    if not isTail then depths[key] = depth + 1 end
    narrow(key, "crl")
  elseif depth > 0 and not jit and getinfo(fn, "S").what ~= "C" then narrow(key, "cr") end
end

-- From a function of the coroutine to `outer`, which may be nil.
function hearing.returned(thread, fn, outer)
  if base ~= "c" then return end
  local key = keyOf(thread)
  local depth = depths[key] or 0
  if depth > 0 and breakpoints.of(fn) then
    depth = depth - 1
    depths[key] = depth
  end
  if outer and breakpoints.of(outer) then narrow(key, "crl")
  elseif depth == 0 then narrow(key, base) end
end

return hearing
