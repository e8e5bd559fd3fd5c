-- An error object that has no text of its own, in one line: its type, and of a table what is in it.

local DEPTH, FIELDS, LENGTH = 4, 20, 120

local write

local function cut(text)
  return #text > LENGTH and sub(text, 1, LENGTH) .. "..." or text
end

local function quoted(text)
  return (gsub(format("%q", cut(text)), "\\\n", "\\n"))
end

local function ownText(value)
  local metatable = debug.getmetatable(value)
  if type(metatable) ~= "table" or rawget(metatable, "__tostring") == nil then
    return nil
  end
  local ok, text = pcall(tostring, value)
  return ok and cut(text) or nil
end

local function keytext(key)
  if type(key) == "string" and find(key, "^[%a_][%w_]*$") then
    return key
  end
  return "[" .. (type(key) == "string" and quoted(key) or tostring(key)) .. "]"
end

local function keysof(table)
  local keys, length = {}, 0
  while rawget(table, length + 1) ~= nil do
    length = length + 1
  end
  for key in next, table do
    if not (type(key) == "number" and floor(key) == key and key >= 1 and key <= length) then
      insert(keys, key)
    end
  end
  sort(keys, function(a, b)
    if type(a) ~= type(b) then
      return type(a) < type(b)
    elseif type(a) == "number" then
      return a < b
    end
    return tostring(a) < tostring(b)
  end)
  return keys, length
end

local function fields(table, depth, seen)
  local texts = {}
  local keys, length = keysof(table)
  for index = 1, length do
    if #texts < FIELDS then
      insert(texts, write(rawget(table, index), depth + 1, seen))
    end
  end
  for _, key in ipairs(keys) do
    if #texts < FIELDS then
      insert(texts, keytext(key) .. " = " .. write(rawget(table, key), depth + 1, seen))
    end
  end
  if length + #keys > #texts then
    insert(texts, "...")
  end
  return concat(texts, ", ")
end

function write(value, depth, seen)
  if type(value) == "string" then
    return quoted(value)
  end
  local text = ownText(value)
  if text or type(value) ~= "table" then
    return text or tostring(value)
  elseif seen[value] then
    return "<cycle>"
  elseif next(value) == nil then
    return "{}"
  elseif depth > DEPTH then
    return "{ ... }"
  end
  seen[value] = true
  text = "{ " .. fields(value, depth, seen) .. " }"
  seen[value] = nil
  return text
end

return function(value)
  local text = "error object is a " .. type(value) .. " value"
  if type(value) == "table" or type(value) == "boolean" then
    text = text .. ": " .. write(value, 1, {})
  end
  return "(" .. text .. ")"
end
