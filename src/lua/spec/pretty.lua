-- A table as text, in the form that people know from Penlight's pretty.write.

local KEYWORDS = {}
for word in gmatch(
  "and break do else elseif end false for function if in local nil not or repeat return then true until while",
  "%a+"
) do
  KEYWORDS[word] = true
end

-- The largest number of signs in anything like a long bracket in a text, nil when there is none.
local function longest(text)
  local level
  local _, position, _, signs = find(text, "([%[%]])(=*)%1")
  while signs do
    level = level and level > #signs and level or #signs
    _, position, _, signs = find(text, "([%[%]])(=*)%1", position)
  end
  return level
end

local function quote(text)
  local level = longest(text .. "]")
  if not (find(text, "\n") or level) or find(text, "\r") then
    return (gsub(format("%q", text), "\r", "\\r"))
  end
  local signs = rep("=", (level or -1) + 1)
  local start = sub(text, 1, 1) == "\n" and "\n" or ""
  return "[" .. signs .. "[" .. start .. text .. "]" .. signs .. "]"
end

local function keyText(key)
  if type(key) == "number" then return "[" .. key .. "]" end
  local text = tostring(key)
  if find(text, "^[%a_][%w_]*$") and not KEYWORDS[text] then return text end
  local quoted = quote(text)
  if find(quoted, "^%[") then quoted = " " .. quoted .. " " end
  return "[" .. quoted .. "]"
end

-- Metamethods may throw.
local function fieldOf(t, key)
  local ok, value = pcall(function() return t[key] end)
  if ok then return value end
end

local function namedKeys(t)
  local keys = {}
  for key in next, t do
    if type(key) ~= "number" then insert(keys, key) end
  end
  sort(keys, function(a, b)
    if type(a) ~= type(b) then return type(a) < type(b) end
    return tostring(a) < tostring(b)
  end)
  return keys
end

local write

local function writeScalar(value)
  if type(value) == "string" then return quote(value) end
  local text = tostring(value)
  return find(text, " ") and quote(text) or text
end

local function writeTable(t, indent, seen)
  local lines, listed = {}, {}
  local function add(prefix, value)
    insert(lines, indent .. prefix .. write(value, indent .. "  ", seen))
  end
  local index = 1
  while fieldOf(t, index) ~= nil do
    add("", t[index])
    listed[index] = true
    index = index + 1
  end
  for _, key in ipairs(namedKeys(t)) do
    add(keyText(key) .. " = ", t[key])
  end
  for key, value in next, t do
    if type(key) == "number" and not listed[key] then add(keyText(key) .. " = ", value) end
  end
  local body = #lines == 0 and "" or concat(lines, ",\n") .. "\n"
  return "{\n" .. body .. sub(indent, 3) .. "}"
end

function write(value, indent, seen)
  if type(value) ~= "table" then return writeScalar(value) end
  if seen[value] then return "<cycle>" end
  seen[value] = true
  local text = writeTable(value, indent, seen)
  seen[value] = nil
  return text
end

return function(value)
  if type(value) ~= "table" then return type(value) == "string" and quote(value) or tostring(value) end
  return write(value, "  ", {})
end
