-- Values in a few characters, which say the same in each run. Nothing here calls what a program has put into metatables.
local described = ...
local byte, find, format, gsub, sub = string.byte, string.find, string.format, string.gsub, string.sub
local concat, mathType = table.concat, math.type
local next, rawget, tostring, type = next, rawget, tostring, type

-- Of a text, of a table, and of values beside each other.
local mostBytes, mostItems, mostValues = 40, 3, 10

local named = { ["\n"] = "\\n", ["\t"] = "\\t", ["\r"] = "\\r", ['"'] = '\\"', ["\\"] = "\\\\" }

local function escaped(each)
  return named[each] or format("\\%03d", byte(each))
end

-- Not cut in the middle of a character.
local function ofString(text)
  local shown = text
  if #text > mostBytes then shown = gsub(sub(text, 1, mostBytes), "[\194-\244][\128-\191]*$", "") end
  return '"' .. gsub(shown, '[%z\1-\31\127"\\]', escaped) .. (#shown < #text and '"…' or '"')
end

-- As Lua writes it, whatever metatable numbers have.
local function ofNumber(number)
  if mathType and mathType(number) == "integer" then return format("%d", number) end
  local text = format("%.14g", number)
  return mathType and find(text, "^%-?%d+$") and text .. ".0" or text
end

local function ofFunction(fn)
  local name = described.of(fn).name
  return name and name ~= "(anonymous)" and name ~= "(in C)" and "function " .. name or "function"
end

local plain = { string = ofString, number = ofNumber, ["function"] = ofFunction, boolean = tostring, ["nil"] = tostring }

local function ofItem(value)
  local kind = type(value)
  if kind == "table" then return next(value) == nil and "{}" or "{…}" end
  return plain[kind] and plain[kind](value) or kind
end

-- The first items of its sequence.
local function ofTable(values)
  local parts, last = {}, nil
  for index = 1, mostItems do
    local value = rawget(values, index)
    if value == nil then break end
    parts[index], last = ofItem(value), index
  end
  local count = 0
  for _ in next, values do
    count = count + 1
    if count > (last or 0) then
      parts[#parts + 1] = "…"
      break
    end
  end
  return "{" .. concat(parts, ", ") .. "}"
end

local values = {}

-- So many values of a list, one behind the other.
function values.list(list, count)
  local parts = {}
  for index = 1, count < mostValues and count or mostValues do
    local value = list[index]
    parts[index] = type(value) == "table" and ofTable(value) or ofItem(value)
  end
  if count > mostValues then parts[#parts + 1] = "…" end
  return concat(parts, ", ")
end

return values
