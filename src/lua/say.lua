-- say: texts by key in namespaces, such as one for each language, into which values are put.

local platform = ...

local method = platform.import "method"

local registry = {}
local namespace, fallback

local say = { _DESCRIPTION = "Texts by key in namespaces", _VERSION = "Say 1.3", _registry = registry }

local function opened(name)
  registry[name] = registry[name] or {}
  return name
end

function say.set_namespace(_, name)
  namespace = opened(name)
end

-- Where a text is looked for that the namespace lacks.
function say.set_fallback(_, name)
  fallback = opened(name)
end

function say.set(_, key, text)
  registry[namespace][key] = text
end

-- Programs rely on the number of the values being set.
local function counted(values)
  if values == nil then
    return { n = 0 }
  elseif type(values) ~= "table" then
    error("expected parameter table to be a table, got '" .. type(values) .. "'", 3)
  end
  values.n = max(values.n or 0, #values)
  return values
end

-- Before 5.3 a text that `format` puts in ends at its first zero.
local ZERO = #format("%s", "\0") == 0 and "\1zero\1"

local function textOf(value)
  local text = tostring(value)
  return ZERO and type(text) == "string" and gsub(text, "%z", ZERO) or text
end

local function filled(text, values)
  local texts = {}
  for i = 1, values.n do
    texts[i] = textOf(values[i])
  end
  local result = method("format", text, unpack(texts, 1, values.n))
  return ZERO and gsub(result, ZERO, "\0") or result
end

local metatable = { __index = registry }

-- The text of a key, with the values put in if there are any; nil without one.
function metatable.__call(_, key, values)
  values = counted(values)
  local text = registry[namespace][key] or registry[fallback][key]
  if text == nil then
    return nil
  end
  text = tostring(text)
  return values.n > 0 and filled(text, values) or text
end

say:set_fallback "en"
say:set_namespace "en"

return setmetatable(say, metatable)
