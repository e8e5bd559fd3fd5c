-- What chains of names share, those that end in an assertion and those that end in a matcher.

local platform = ...

local keys = platform.import "luassert/keys"
local namespaces = platform.import "luassert/namespaces"

local chain = {}

-- Metamethods of a chain, whose field `tokens` has the parts of the names so far.
function chain.metatable()
  local metatable = {}

  function metatable:__index(key)
    keys.addtokens(self.tokens, key)
    return self
  end

  return metatable
end

-- A chain without names, whose result counts as it is.
function chain.new(metatable)
  return setmetatable({ mod = true, tokens = {} }, metatable)
end

-- What the last of the names stands for that is of a kind.
function chain.namedlast(kind, names)
  local found
  for _, name in ipairs(names) do
    found = namespaces[kind][name] or found
  end
  return found
end

-- Calls the modifiers among the names.
function chain.modify(self, names, ...)
  for _, name in ipairs(names) do
    local modifier = namespaces.modifier[name]
    if modifier then
      modifier.callback(self, ...)
    end
  end
end

return chain
