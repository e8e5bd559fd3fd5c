-- Expressions whose values are looked at on each line of the frame that they were set in.
local stack, evaluate, texts, current = ...
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

-- What has changed, in words; nil if nothing has. `level` is of the function that runs, counted from the caller of this.
function watches.changed(level, fn)
  for index = 1, #list do
    local watch = list[index]
    local isHere = watch.fn == fn and watch.owner == current() and stack.height(level + 1) == watch.frame.height
    if isHere then
      local before, textBefore = watch.value, watch.text
      watch.value, watch.text = valueOf(watch)
      if not rawequal(before, watch.value) or textBefore ~= watch.text then
        return watch.expression .. ": " .. textBefore .. " → " .. watch.text
      end
    end
  end
end

return watches
