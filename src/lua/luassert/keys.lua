-- The names in a chain: what is written between dots and underscores are tokens; some of the tokens in a row are
-- the name of something that is registered.

local platform = ...

local errorlevel = platform.import "luassert/levels"
local namespaces = platform.import "luassert/namespaces"

local keys = {}

local known = {}

-- The tokens of `is_not` are `is` and `not`.
local function split(text)
  local tokens = {}
  for token in gmatch(lower(text), "[^_]+") do
    insert(tokens, token)
  end
  return tokens
end

function keys.addtokens(tokens, text)
  local found = known[text] or split(text)
  known[text] = found
  for _, token in ipairs(found) do
    insert(tokens, token)
  end
end

-- The names among tokens, found from the end to the start. A name that is found is tried with one more token.
function keys.extract(kind, tokens)
  local registered, modifiers = namespaces[kind], namespaces.modifier
  local names = {}
  local name
  local i = #tokens
  while i > 0 do
    name = name and tokens[i] .. "_" .. name or tokens[i]
    if i > 1 and registered[tokens[i - 1] .. "_" .. name] then
      i = i - 1
      name = tokens[i] .. "_" .. name
    end
    if modifiers[name] or registered[name] then
      insert(names, 1, name)
      name = nil
    end
    i = i - 1
  end
  if name then
    error("luassert: unknown modifier/" .. kind .. ": '" .. name .. "'", errorlevel(2))
  end
  return names
end

return keys
