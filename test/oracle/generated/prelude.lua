-- What generated programs call. Values follow from a counter, so that every Lua sees the same ones; each call
-- costs fuel, so that every program ends.
local fuel, state = 0, 1
local yield, running = coroutine.yield, coroutine.running
local isyieldable = coroutine.isyieldable
  or function()
    local thread, is_main = running()
    return thread ~= nil and not is_main
  end

local function random(n)
  state = (state * 75 + 74) % 65537
  return state % n
end

function tick(...)
  fuel = fuel - 1
  if fuel < 0 then error("out of fuel", 0) end
  return ...
end

local values = { false, 1, "text", true, 0 }
function flip()
  tick()
  return values[random(8)]
end

function num()
  tick()
  return random(4)
end

function fail()
  tick()
  if random(4) == 0 then error("failed", 0) end
  return flip()
end

function pause(...)
  tick()
  if isyieldable() then yield(...) end
  return flip()
end

local function decide()
  local what = random(8)
  if what == 0 then return fail() end
  return what < 4 and pause() or flip()
end

local meta = { __lt = decide, __le = decide, __eq = decide, __add = decide, __concat = decide, __len = decide }
function meta.__index(self, key)
  local value = decide()
  if key == "m" then return function() return self end end
  return value
end
function meta.__call(self, ...)
  return decide(), ...
end
function object() return setmetatable({}, meta) end

-- An iterator of n rounds, which may yield and fail.
function rounds(n)
  return function(_, i)
    if random(3) == 0 then pause() end
    if random(20) == 0 then error("iterator", 0) end
    if i < n then return i + 1 end
  end, nil, 0
end

-- A thread's values one by one; what it raises ends them.
function threaded(f)
  local thread = coroutine.create(f)
  return function()
    tick()
    local ok, value = coroutine.resume(thread)
    if ok and coroutine.status(thread) ~= "dead" then return value or 1 end
  end
end

-- Runs a function in a thread, which may be left behind in the middle.
function run(f)
  fuel = 80
  local thread = coroutine.create(f)
  for _ = 1, 2 + random(20) do
    if not coroutine.resume(thread, 1, nil, 3) then return end
  end
end
