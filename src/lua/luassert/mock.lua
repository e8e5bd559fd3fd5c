-- Mocks: tables all of whose functions are spies or stubs, also those in tables within.

local platform = ...

local spy = platform.import "luassert/spy"
local stub = platform.import "luassert/stub"

local mock = {}

-- The second argument is whether functions become stubs, which do what the third says; a function that is in no
-- table needs the rest, too.
function mock.new(object, is_stub, callback, target, key)
  local visited = {}

  local function replaced(value, holder, name)
    if type(value) == "function" then
      if is_stub then
        return stub(holder, name, callback)
      elseif holder == nil then
        return spy.new(value)
      end
      return spy.on(holder, name)
    elseif type(value) == "table" and not spy.is_spy(value) and not visited[value] then
      visited[value] = true
      for field, each in pairs(value) do
        value[field] = replaced(each, value, field)
      end
    end
    return value
  end

  return replaced(object, target, key)
end

local function each(object, method, visited)
  if type(object) ~= "table" or visited[object] then
    return
  elseif spy.is_spy(object) then
    return object[method](object)
  end
  visited[object] = true
  for _, value in pairs(object) do
    each(value, method, visited)
  end
  return object
end

function mock.clear(object)
  return each(object, "clear", {})
end

function mock.revert(object)
  return each(object, "revert", {})
end

return setmetatable(mock, {
  __call = function(_, ...)
    return mock.new(...)
  end,
})
