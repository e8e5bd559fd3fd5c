-- Matchers: they stand for an argument of a call. A chain of names, as in match.is_not.near(1, 0.5), makes one.

local platform = ...

local arguments = platform.import "luassert/arguments"
local caller = platform.import "luassert/caller"
local chain = platform.import "luassert/chain"
local keys = platform.import "luassert/keys"

local matcher = {}

function matcher:__call(value)
  return self.callback(value) == self.mod
end

local metatableofchains = chain.metatable()

function metatableofchains:__call(...)
  local names = keys.extract("matcher", self.tokens)
  local level = caller()
  self.tokens = {}
  local found = chain.namedlast("matcher", names)
  local list = arguments.make_arglist(...)
  if not found then
    chain.modify(self, names, list, level + 1)
    return self
  end
  chain.modify(self, names)
  local callback = found.callback(self, list, level)
  local new = { name = found.name, mod = self.mod, callback = callback, arguments = list }
  return setmetatable(new, matcher)
end

local match = {}

local function anything()
  return true
end

match._ = setmetatable({ name = "_", mod = true, callback = anything, arguments = { n = 0 } }, matcher)

function match.state()
  return chain.new(metatableofchains)
end

function match.is_matcher(object)
  return type(object) == "table" and getmetatable(object) == matcher
end

-- One that wants the value itself, not a copy of it.
function match.is_ref_matcher(object)
  return match.is_matcher(object) and object.name == "ref"
end

return setmetatable(match, {
  __index = function(self, key)
    return self.state()[key]
  end,
})
