-- What is none of the program's in a source's copy with counters: the locals that hold these, and that it begins in the first line.
local files = ...
local find, match = string.find, string.match
local open, read, close = files.open, files.read, files.close

local copies = {}
local texts = {}

local function textOf(file)
  if texts[file] == nil then
    local input = open(file, "rb")
    texts[file] = input and read(input, "*a") or ""
    if input then close(input) end
  end
  return texts[file]
end

-- A copy's own names are such as its source has not.
function copies.hasName(file, name)
  if not match(name, "^[ABC]%d*_*$") then return false end
  local text = textOf(file)
  return text ~= "" and not find(text, "%f[%w_]" .. name .. "%f[^%w_]")
end

-- Whether the first line of a file has no code of its own.
function copies.beginsLater(file)
  local first = match(textOf(file), "^[^\r\n]*")
  if find(first, "^%s*$") then return textOf(file) ~= "" end
  return find(first, "^#") ~= nil or find(first, "^%s*%-%-[^%[]") ~= nil or find(first, "^%s*%-%-$") ~= nil
end

return copies
