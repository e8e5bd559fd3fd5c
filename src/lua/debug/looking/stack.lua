-- Levels of a stack. What runs in the coroutine of who asks is another level for each function that asks, and stands always at the same
-- height above the first one, which is at 0. A position is a table with `thread` and `level`, or with `height` in the coroutine that runs.
-- No call here is a tail call: in LuaJIT that takes a level away.
local getinfo, getlocal, setlocal = debug.getinfo, debug.getlocal, debug.setlocal
local floor = math.floor

local stack = {}

-- How many levels there are from the caller of this on.
local function levels()
  local known, beyond = 1, 2
  while getinfo(beyond + 1, "l") do known, beyond = beyond, beyond * 2 end
  while beyond - known > 1 do
    local middle = floor((known + beyond) / 2)
    if getinfo(middle + 1, "l") then known = middle else beyond = middle end
  end
  return known
end

-- The height of a level of the caller.
function stack.height(level)
  local height = levels() - level - 1
  return height
end

-- That of the innermost level of a coroutine that does not run.
function stack.heightOf(thread)
  local known, beyond = -1, 0
  while getinfo(thread, beyond, "l") do known, beyond = beyond, beyond * 2 + 1 end
  while beyond - known > 1 do
    local middle = floor((known + beyond) / 2)
    if getinfo(thread, middle, "l") then known = middle else beyond = middle end
  end
  return known
end

-- Whether a level of the caller is higher than that.
function stack.isHigher(level, height)
  return getinfo(level + height + 2, "l") ~= nil
end

function stack.info(position, what)
  if position.thread then return getinfo(position.thread, position.level, what) end
  local level = levels() - position.height
  local info = getinfo(level, what)
  return info
end

function stack.getlocal(position, index)
  if position.thread then return getlocal(position.thread, position.level, index) end
  local level = levels() - position.height
  local name, value = getlocal(level, index)
  return name, value
end

function stack.setlocal(position, index, value)
  if position.thread then return setlocal(position.thread, position.level, index, value) end
  local level = levels() - position.height
  local name = setlocal(level, index, value)
  return name
end

return stack
