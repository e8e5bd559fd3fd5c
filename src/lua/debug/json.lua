-- Replies as JSON, of which each character is a byte. A table is an object, if it is no list.
local byte, concat, format, gsub = string.byte, table.concat, string.format, string.gsub
local next, setmetatable, sort, type = next, setmetatable, table.sort, type

local json = { null = {} }
local lists = setmetatable({}, { __mode = "k" })

-- Marks a table as a list, and returns it.
function json.list(values)
  lists[values] = true
  return values
end

local function escaped(each)
  return format("\\u%04x", byte(each))
end

local function quoted(text)
  return '"' .. gsub(text, '[%z\1-\31"\\\127-\255]', escaped) .. '"'
end

local write

local function fields(value)
  local all, parts = {}, {}
  for name in next, value do all[#all + 1] = name end
  sort(all)
  for index = 1, #all do parts[index] = quoted(all[index]) .. ":" .. write(value[all[index]]) end
  return "{" .. concat(parts, ",") .. "}"
end

local function elements(values)
  local parts = {}
  for index = 1, #values do parts[index] = write(values[index]) end
  return "[" .. concat(parts, ",") .. "]"
end

function write(value)
  local kind = type(value)
  if kind == "string" then return quoted(value) end
  if kind == "number" then return format("%.0f", value) end
  if kind == "boolean" then return value and "true" or "false" end
  if value == nil or value == json.null then return "null" end
  return lists[value] and elements(value) or fields(value)
end

json.write = write

return json
