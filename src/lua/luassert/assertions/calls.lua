-- assert.spy(s).was.called_with(…) and the other assertions about spies and stubs.

local platform = ...

local luassert = platform.import "luassert/assert"
local arguments = platform.import "luassert/arguments"
local shallow = platform.import("luassert/copy").shallow

local function chosen(state)
  return rawget(state, "payload")
end

-- The spy's method says whether one of its lists suits, and which one the message shows.
local function lookup(name)
  return function(state, list, level)
    local spy = chosen(state)
    if not (spy and spy[name]) then
      error("'" .. name .. "' must be chained after 'spy(aspy)'", (level or 1) + 1)
    end
    local holds, shown = spy[name](spy, list)
    local expected = shallow(list)
    arguments.cleararglist(list)
    list[1], list[2], list.n = shown, expected, 2
    return holds
  end
end

local ORIGINAL = "When calling 'spy(aspy)', 'aspy' must not be the original function, "
  .. "but the spy function replacing the original"

local function called(state, list, level, compare)
  local times = list[1]
  if not times and not state.mod then
    -- was_not.called() is was.called(0).
    state.mod = true
    times = 0
  end
  local spy = chosen(state)
  if type(spy) == "function" then
    error(ORIGINAL, (level or 1) + 1)
  elseif not (type(spy) == "table" and spy.called) then
    error("'called' must be chained after 'spy(aspy)'", (level or 1) + 1)
  end
  local holds, count = spy:called(times, compare)
  list[1] = tostring(times or ">0")
  arguments.tinsert(list, 2, tostring(count))
  list.nofmt = { true, true }
  return holds
end

local function counted(compare)
  return function(state, list, level)
    return called(state, list, (level or 1) + 1, compare)
  end
end

local at_least = counted(function(count, expected)
  return count >= expected
end)
local at_most = counted(function(count, expected)
  return count <= expected
end)
local more_than = counted(function(count, expected)
  return count > expected
end)
local less_than = counted(function(count, expected)
  return count < expected
end)

local function register(name, callback, opposite)
  local negative = opposite and "assertion." .. opposite .. ".positive" or "assertion." .. name .. ".negative"
  luassert:register("assertion", name, callback, "assertion." .. name .. ".positive", negative)
end

register("returned_with", lookup "returned_with")
register("called_with", lookup "called_with")
register("called", called)
register("called_at_least", at_least, "called_less_than")
register("called_at_most", at_most, "called_more_than")
register("called_more_than", more_than, "called_at_most")
register("called_less_than", less_than, "called_at_least")

luassert:register("modifier", "spy", function(state, list)
  state.payload = list[1]
  if list[2] ~= nil then
    state.failure_message = list[2]
  end
end)
