-- Expressions whose values are looked at on each line of the frame that they were set in.
local stack, evaluate, texts, current, tell, none = ...
local rawequal = rawequal

local watches = {}
local list = {}

local function valueOf(watch)
  local values, message = evaluate(watch.frame, watch.expression)
  if not values then return nil, message end
  return values[1], texts.line(values[1])
end

-- `frame` is a position in the coroutine that runs.
function watches.set(expressions)
  list = expressions
  for index = 1, #list do
    local watch = list[index]
    watch.owner, watch.fn = current(), watch.frame.fn
    watch.value, watch.text = valueOf(watch)
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
    if watch.owner == current() and isGone(watch.frame.height) then
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

-- What has changed, in words; nil if nothing has. `level` is of the function that runs, counted from the caller of this.
function watches.changed(level, fn)
  local own = stack.height(level + 1)
  drop(function(height) return height > own end)
  for index = 1, #list do
    local watch = list[index]
    if watch.fn == fn and watch.owner == current() and own == watch.frame.height then
      local before, textBefore = watch.value, watch.text
      watch.value, watch.text = valueOf(watch)
      if not rawequal(before, watch.value) or textBefore ~= watch.text then
        return watch.expression .. ": " .. textBefore .. " → " .. watch.text
      end
    end
  end
end

return watches
