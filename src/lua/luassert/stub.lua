-- Stubs: spies in the place of a function, which do what they are told instead.

local platform = ...

local luassert = platform.import "luassert/assert"
local arguments = platform.import "luassert/arguments"
local copy = platform.import "luassert/copy"
local search = platform.import "luassert/search"
local spy = platform.import "luassert/spy"
local callable = platform.import("luassert/util").callable

local stub = {}

local function returning(...)
  local values = arguments.pack(...)
  return function()
    return arguments.unpack(values)
  end
end

local function invoking(callback)
  return function(...)
    return callback(...)
  end
end

-- `set` gets what the stub does from now on.
local function setters(result, set)
  return {
    returns = function(...)
      set(returning(...))
      return result
    end,
    invokes = function(callback)
      set(invoking(callback))
      return result
    end,
  }
end

-- What the stub does: by default, and for calls that are described by their arguments.
local function behaviour(default)
  local self = { default = default, descriptions = {}, callbacks = {} }

  function self.call(...)
    local described = search.description(self.descriptions, arguments.make_arglist(...))
    if described then
      return self.callbacks[described](...)
    end
    return self.default(...)
  end

  function self.on_call_with(result, ...)
    local description = copy.arguments(arguments.make_arglist(...))
    return setters(result, function(callback)
      insert(self.descriptions, description)
      self.callbacks[description] = callback
    end)
  end

  return self
end

-- Reverting puts back what was there, also if that was nothing.
local function restore(new, object, key, previous)
  local revert = new.revert
  function new:revert()
    if not self.reverted then
      revert(self)
      object[key] = previous
      self.reverted = true
    end
    return previous
  end
end

local NO_KEY = "stub.new(): Can only create stub on a table key, call with 2 params; table, key"
local NOT_CALLABLE = "stub.new(): The element for which to create a stub must either be callable, or be nil"

-- stub(object, key) does nothing, stub(object, key, f) calls `f`, stub(object, key, …) returns the values.
function stub.new(object, key, ...)
  if object == nil and key == nil then
    object, key = {}, ""
  end
  luassert(type(object) == "table" and key ~= nil, NO_KEY, luassert:level(2))
  luassert(object[key] == nil or callable(object[key]), NOT_CALLABLE, luassert:level(2))
  local previous = object[key]
  local only = select("#", ...) == 1 and (...)
  local does = behaviour(only and callable(only) and only or returning(...))
  object[key] = does.call
  local new = spy.on(object, key)
  restore(new, object, key, previous)
  local default = setters(new, function(callback)
    does.default = callback
  end)
  new.returns, new.invokes, new.by_default = default.returns, default.invokes, default
  function new.on_call_with(...)
    return does.on_call_with(new, ...)
  end
  return new
end

luassert:register("modifier", "stub", function(state, list)
  state.payload, state.failure_message = list[1], list[2]
end)

return setmetatable(stub, {
  __call = function(_, ...)
    return stub.new(...)
  end,
})
