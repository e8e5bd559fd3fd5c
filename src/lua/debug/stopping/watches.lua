-- What is looked at on each line: expressions in the call that they were set in, and variables that outlive calls, as fields of tables.
local stack, evaluate, texts, current, tell, none = ...
local rawequal, type = rawequal, type

local watches = {}
local list = {}

local function valueOf(watch)
  if watch.get then
    local value = watch.get()
    return value, texts.line(value)
  end
  local values, message = evaluate(watch.frame, watch.expression)
  if not values then return nil, message end
  return values[1], texts.line(values[1])
end

local function start(watch)
  if watch.frame then watch.owner, watch.fn = current(), watch.frame.fn end
  watch.reached = 0
  watch.value, watch.text = valueOf(watch)
  return watch
end

-- In place of all that there were: each has a `frame` and an expression, or `get()`, or only the number of one that there is. As with
-- breakpoints, `condition` and `hits` say when it stops.
function watches.set(wanted)
  local known = {}
  for index = 1, #list do known[list[index].id] = list[index] end
  list = {}
  for index = 1, #wanted do
    local watch, was = wanted[index], known[wanted[index].id]
    if watch.frame or watch.get then list[#list + 1] = start(watch)
    elseif was then
      was.condition, was.hits = watch.condition, watch.hits
      list[#list + 1] = was
    end
  end
end

function watches.areThere()
  return #list > 0
end

-- Takes away those of the coroutine that runs whose frame is gone: `isGone` is asked about its height.
local function drop(isGone)
  local left = {}
  for index = 1, #list do
    local watch = list[index]
    if watch.frame and watch.owner == current() and isGone(watch.frame.height) then
      tell { event = "breakpoint", id = watch.id, line = none, problem = "the call in which it was watched is over" }
    else left[#left + 1] = watch end
  end
  list = left
end

-- A function is called, at a level of the caller: whatever had its height is gone.
function watches.called(level)
  local own = stack.height(level + 1)
  drop(function(height) return height >= own end)
end

-- Not a number is not equal to itself.
local function isNan(value)
  return type(value) == "number" and value ~= value
end

local function isSame(before, after)
  return rawequal(before, after) or isNan(before) and isNan(after)
end

-- A variable is another one when it is written, an expression also when its value has other contents.
local function isChanged(watch)
  if watch.get and isSame(watch.value, watch.get()) then return false end
  local before, textBefore = watch.value, watch.text
  watch.value, watch.text = valueOf(watch)
  watch.change = watch.expression .. ": " .. textBefore .. " → " .. watch.text
  return not isSame(before, watch.value) or textBefore ~= watch.text
end

-- What has changed, each with its `change` in words; nil if nothing has. `level` is of the function that runs, counted from the caller of this.
function watches.changed(level, fn)
  local own = stack.height(level + 1)
  drop(function(height) return height > own end)
  local found
  for index = 1, #list do
    local watch = list[index]
    local isHere = watch.get or watch.fn == fn and watch.owner == current() and own == watch.frame.height
    if isHere and isChanged(watch) then
      found = found or {}
      found[#found + 1] = watch
    end
  end
  return found
end

return watches
