-- An error object that has no text of its own, in one line: its type, and of a table what is in it.

local DEPTH, FIELDS, LENGTH = 4, 20, 120

local write

local function cut(text)
  return #text > LENGTH and sub(text, 1, LENGTH) .. "..." or text
end

-- As format's %q from 5.2 on, in one line.
local function escaped(each, digit)
  if each == "\n" then return "\\n" .. digit end
  if each == '"' or each == "\\" then return "\\" .. each .. digit end
  return format(digit == "" and "\\%d" or "\\%03d", byte(each)) .. digit
end

local function quoted(text)
  return '"' .. gsub(cut(text), '([%z%c"\\])(%d?)', escaped) .. '"'
end

-- A __tostring may raise, and give what is no text: 5.1 hands that on.
local function textOf(value)
  local ok, text = pcall(tostring, value)
  local isText = ok and (type(text) == "string" or type(text) == "number")
  return isText and tostring(text) or nil
end

local function ownText(value)
  local metatable = debug.getmetatable(value)
  if type(metatable) ~= "table" or rawget(metatable, "__tostring") == nil then
    return nil
  end
  local text = textOf(value)
  return text and cut(text)
end

local function keytext(key)
  if type(key) == "string" and find(key, "^[%a_][%w_]*$") then
    return key
  end
  return "[" .. (type(key) == "string" and quoted(key) or textOf(key) or type(key)) .. "]"
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
    return (textOf(a) or "") < (textOf(b) or "")
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
    return text or textOf(value) or type(value)
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
