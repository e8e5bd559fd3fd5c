-- Spies: callables that remember the arguments and the results of their calls.

local platform = ...

local luassert = platform.import "luassert/assert"
local copy = platform.import "luassert/copy"
local errorlevel = platform.import "luassert/levels"
local make_arglist = platform.import("luassert/arguments").make_arglist
local search = platform.import "luassert/search"
local callable = platform.import("luassert/util").callable

local spy = {}
local metatable = {}

local function returned(self, ...)
  insert(self.returnvals, copy.arguments(make_arglist(...)))
  return ...
end

function metatable:__call(...)
  insert(self.calls, copy.arguments(make_arglist(...)))
  return returned(self, self.callback(...))
end

-- The methods of every spy. They are fields of its own, which a program may replace.

local function revert(self)
  if not self.reverted then
    if self.target_table and self.target_key then
      self.target_table[self.target_key] = self.callback
    end
    self.reverted = true
  end
  return self.callback
end

local function clear(self)
  self.calls, self.returnvals = {}, {}
  return self
end

local function equal(count, expected)
  return count == expected
end

local function called(self, times, compare)
  local count = #self.calls
  if times or compare then
    return (compare or equal)(count, times), count
  end
  return count > 0, count
end

-- Whether one of the lists suits, and the last that does, or else the last of all.
local function lookup(lists, expected)
  local found = search.last(lists, expected)
  if found then
    return true, found.vals
  end
  local last = lists[#lists]
  return false, last and last.vals
end

local function called_with(self, expected)
  return lookup(self.calls, expected)
end

local function returned_with(self, expected)
  return lookup(self.returnvals, expected)
end

local function nothing() end

function spy.new(callback)
  callback = callback or nothing
  if not callable(callback) then
    local message = "Cannot spy on type '" .. type(callback) .. "', only on functions or callable elements"
    error(message, errorlevel())
  end
  local new = setmetatable({
    calls = {},
    returnvals = {},
    callback = callback,
    revert = revert,
    clear = clear,
    called = called,
    called_with = called_with,
    returned_with = returned_with,
  }, metatable)
  luassert:add_spy(new)
  return new
end

function spy.is_spy(object)
  return type(object) == "table" and getmetatable(object) == metatable
end

-- Puts a spy in the place of a function until the spy is reverted.
function spy.on(target, key)
  local new = spy.new(target[key])
  target[key] = new
  new.target_table, new.target_key = target, key
  return new
end

setmetatable(spy, {
  __call = function(_, ...)
    return spy.new(...)
  end,
})

platform.import("luassert/assertions/calls")

return spy
