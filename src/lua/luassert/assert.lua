-- The callable `assert`, and the chains that begin with one of its fields: `assert.is_not.equal(1, 2)`.

local platform = ...

local arguments = platform.import "luassert/arguments"
local caller = platform.import "luassert/caller"
local chain = platform.import "luassert/chain"
local keys = platform.import "luassert/keys"
local namespaces = platform.import "luassert/namespaces"
local snapshots = platform.import "luassert/state"
local translate = platform.import "luassert/translate"
local util = platform.import "luassert/util"

local luassert = { _DESCRIPTION = "Assertions for tests, and the means to make others", _VERSION = "Luassert 1.8.0" }

local metatableofchains = chain.metatable()

local function failure(self, assertion, list)
  local message = rawget(self, "failure_message")
  if util.hastostring(message) then
    message = tostring(message)
  elseif message ~= nil then
    message = snapshots.format_argument(message)
  end
  local key = assertion.positive_message
  if not self.mod then
    key = assertion.negative_message
  end
  local text = translate(key, luassert:format(list))
  if text and message then
    return message .. "\n" .. text
  end
  return text or message or "assertion failed!"
end

-- A chain ends in an assertion, or in a modifier that takes arguments and is followed by the rest.
-- Runners put an `error` of their own into the environment of this function.
function metatableofchains:__call(...)
  local names = keys.extract("assertion", self.tokens)
  local level = caller()
  local assertion = chain.namedlast("assertion", names)
  if not assertion then
    self.tokens = {}
    chain.modify(self, names, arguments.make_arglist(...), level + 1)
    return self
  end
  chain.modify(self, names)
  local list = arguments.make_arglist(...)
  local holds, results = assertion.callback(self, list, level)
  if (not holds) == self.mod then
    error(failure(self, assertion, list), level)
  end
  if results then
    return arguments.unpack(results)
  end
  return ...
end

function luassert.state()
  return chain.new(metatableofchains)
end

local function registered(kind)
  namespaces[kind] = namespaces[kind] or {}
  return namespaces[kind]
end

-- The messages are keys of `say`: for what does not hold, and for what should not.
function luassert.register(_, kind, name, callback, positive, negative)
  name = lower(name)
  registered(kind)[name] = {
    callback = callback,
    name = name,
    positive_message = positive,
    negative_message = negative,
  }
end

function luassert.unregister(_, kind, name)
  registered(kind)[lower(name)] = nil
end

-- Replaces the values of a list by their texts. Those in its field `nofmt` are texts already, and `fmtargs` has
-- for each what formatters get besides.
function luassert.format(_, list)
  local texts, options = list.nofmt or {}, list.fmtargs or {}
  for i = 1, list.n or #list do
    if not texts[i] then
      local text = snapshots.format_argument(list[i], nil, options[i])
      if text == nil then
        text = tostring(list[i])
      end
      list[i] = text
    end
  end
  return list
end

function luassert.add_formatter(_, formatter)
  snapshots.add_formatter(formatter)
end

function luassert.remove_formatter(_, formatter)
  snapshots.remove_formatter(formatter)
end

function luassert.set_parameter(_, name, value)
  snapshots.set_parameter(name, value)
end

function luassert.get_parameter(_, name)
  return snapshots.get_parameter(name)
end

function luassert.add_spy(_, spy)
  snapshots.add_spy(spy)
end

function luassert.snapshot()
  return snapshots.snapshot()
end

-- What `assert` gets as its third argument to blame a caller's caller.
local level = {}

function luassert.level(_, number)
  return setmetatable({ level = number }, level)
end

function luassert.get_level(_, value)
  if getmetatable(value) ~= level then
    return nil
  end
  return value.level
end

local metatable = {}

-- As above, runners put an `error` of their own into this function.
function metatable:__call(value, message, where, ...)
  if not value then
    error(message or "assertion failed!", (self:get_level(where) or 1) + 1)
  end
  return value, message, where, ...
end

function metatable:__index(key)
  return self.state()[key]
end

return setmetatable(luassert, metatable)
