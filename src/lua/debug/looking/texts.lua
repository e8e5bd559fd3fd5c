-- Values in words: a line for a value, or several lines to a depth. Nothing here calls what a program has put into metatables.
local keys, libraryName, standIns = ...
local byte, find, format, gmatch, gsub = string.byte, string.find, string.format, string.gmatch, string.gsub
local concat, rep, sub = table.concat, string.rep, string.sub
local min = math.min
local getinfo, getmetatable, status = debug.getinfo, debug.getmetatable, coroutine.status
local next, pcall, rawget, rawequal, tostring, type = next, pcall, rawget, rawequal, tostring, type
local ioType, mathType = io.type, math.type

-- In a line: how much, and how much of that is kept for what ends it.
local mostBytes, mostEntries, mostOfLine, mostOfEnd = 200, 100, 60, 8

local texts = {}

local named = { ["\n"] = "\\n", ["\t"] = "\\t", ["\r"] = "\\r", ['"'] = '\\"', ["\\"] = "\\\\" }

local function escaped(each, digit)
  local name = named[each]
  return (name or format(digit == "" and "\\%d" or "\\%03d", byte(each))) .. digit
end

-- Characters of UTF-8 stay as they are; bytes that are none become numbers.
local function isText(text)
  local rest = gsub(gsub(gsub(text, "[\194-\223][\128-\191]", ""), "[\224-\239][\128-\191][\128-\191]", ""), "[\240-\244][\128-\191][\128-\191][\128-\191]", "")
  return not find(rest, "[\128-\255]")
end

-- Not in the middle of a character.
local function cut(text, most)
  if #text <= most then return text end
  return (gsub(sub(text, 1, most), "[\194-\244][\128-\191]*$", ""))
end

local function quoted(text, most)
  local shown = cut(text, most or mostBytes)
  local unsafe = isText(shown) and '([%z\1-\31\127"\\])(%d?)' or '([%z\1-\31\127-\255"\\])(%d?)'
  local quote = '"' .. gsub(shown, unsafe, escaped) .. '"'
  return #shown < #text and quote .. format("… %.0f bytes", #text) or quote
end

texts.quoted = quoted

-- A function of a library, by the name that it has there; nil for others.
texts.libraryName = libraryName

-- A file, or the beginning of the text that was loaded.
function texts.sourceName(info)
  local source = info.source
  if byte(source, 1) == 64 then return (gsub(gsub(sub(source, 2), "\\", "/"), "^%./", "")) end
  return info.short_src
end

local function ofFunction(fn)
  local info = getinfo(fn, "S")
  if info.what == "C" or standIns[fn] then return "builtin " .. (texts.libraryName(fn) or "function") end
  if info.what == "main" then return "main chunk of " .. texts.sourceName(info) end
  return format("function <%s:%.0f>", texts.sourceName(info), info.linedefined)
end

local function ofNumber(number)
  return mathType and tostring(number) or format("%.14g", number)
end

local function ofUserdata(value)
  local ok, kind = pcall(ioType or type, value)
  if ok and find(tostring(kind), "file") then return kind end
  local metatable = getmetatable(value)
  local name = type(metatable) == "table" and rawget(metatable, "__name")
  return type(name) == "string" and "userdata " .. name or "userdata"
end

local plain = {
  string = quoted,
  number = ofNumber,
  ["function"] = ofFunction,
  thread = function(thread) return "thread " .. status(thread) end,
  userdata = ofUserdata,
  cdata = function(value)
    local ok, text = pcall(tostring, value)
    return ok and text or "cdata"
  end,
}

local function ofPlain(value)
  local write = plain[type(value)]
  return write and write(value) or tostring(value)
end

local words = {}
local allWords = "and break do else elseif end false for function goto if in local nil not or repeat return then true until while"
for word in gmatch(allWords, "%a+") do
  words[word] = true
end

function texts.isName(key)
  return type(key) == "string" and find(key, "^[%a_][%w_]*$") ~= nil and not words[key]
end

-- A key as it stands in a constructor.
local function keyText(key)
  if texts.isName(key) then return key end
  return "[" .. ofPlain(key) .. "]"
end

texts.keyText = keyText

-- Of a large table those that come first.
local function entriesOf(value)
  if not keys.areMore(value, mostEntries) then return keys.of(value) end
  local length, others = keys.length(value), {}
  if length > 0 then return min(length, mostEntries), others end
  for key in next, value do
    others[#others + 1] = key
    if #others == mostEntries then break end
  end
  return length, others
end

local line

local function ofTable(value, depth, room)
  if depth == 0 then return next(value) == nil and "{}" or "{…}" end
  local length, others = entriesOf(value)
  local parts, used = {}, 0
  local function add(name, each)
    local text = name .. line(each, depth - 1, room - used - #name - mostOfEnd)
    local isShort = used + #text <= room and not rawequal(each, value)
    if type(each) == "table" and not isShort then text = name .. "{…}" end
    if used + #text > room then return false end
    parts[#parts + 1], used = text, used + #text + 2
    return true
  end
  for index = 1, length do
    if not add("", rawget(value, index)) then break end
  end
  for index = 1, #others do
    local key = others[index]
    if #parts < length or not add(keyText(key) .. " = ", rawget(value, key)) then break end
  end
  if keys.areMore(value, #parts) then parts[#parts + 1] = "…" end
  return "{" .. concat(parts, ", ") .. "}"
end

function line(value, depth, room)
  if type(value) == "table" then return ofTable(value, depth, room) end
  if type(value) == "string" then return quoted(value, room > 20 and room or 20) end
  -- Where they stand would leave no room for other entries.
  if type(value) == "function" then return "function" end
  return ofPlain(value)
end

-- One line, of a table as much as there is room for.
function texts.line(value)
  if type(value) == "table" then return line(value, 2, mostOfLine) end
  return ofPlain(value)
end

-- Several lines to a depth of tables. What is within itself is told by the depth at which it is.
function texts.lines(value, depth)
  local within = {}
  local write

  local function fields(each, level)
    local length, others = entriesOf(each)
    local indent, parts = rep("  ", level), {}
    for index = 1, length do parts[#parts + 1] = indent .. write(rawget(each, index), level) end
    for index = 1, #others do
      parts[#parts + 1] = indent .. keyText(others[index]) .. " = " .. write(rawget(each, others[index]), level)
    end
    if keys.areMore(each, #parts) then parts[#parts + 1] = indent .. "…" end
    return "{\n" .. concat(parts, ",\n") .. "\n" .. rep("  ", level - 1) .. "}"
  end

  function write(each, level)
    if type(each) ~= "table" or next(each) == nil then return texts.line(each) end
    if within[each] then return "{…}" end
    local short = line(each, 1, mostOfLine)
    if level >= depth or #short <= mostOfLine and not find(short, "…", 1, true) then return short end
    within[each] = true
    local text = fields(each, level + 1)
    within[each] = nil
    return text
  end

  return write(value, 0)
end

return texts
