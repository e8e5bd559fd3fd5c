-- The lines of sources, for those who read a trace.
local open = io.open
local byte, find, gmatch, match, sub = string.byte, string.find, string.gmatch, string.match, string.sub

local texts = {}
-- By the name of a chunk: its lines.
local known = {}

-- Of a chunk that was not loaded from a file, the name is the text, unless somebody has given it another one.
local function textOf(name)
  if byte(name, 1) ~= 64 then return byte(name, 1) ~= 61 and name or "" end
  local file = open(sub(name, 2), "rb")
  local text = file and file:read "*a"
  if file then file:close() end
  return text or ""
end

local function linesOf(name)
  local lines = known[name]
  if not lines then
    lines = {}
    for line in gmatch(textOf(name) .. "\n", "([^\n]*)\n") do lines[#lines + 1] = line end
    known[name] = lines
  end
  return lines
end

-- A line without the blanks around it; "" where nobody knows it.
function texts.line(name, number)
  return match(linesOf(name)[number] or "", "^%s*(.-)%s*$")
end

-- What a function is called in the line where it begins; nil where that has none for it, or several functions.
function texts.nameIn(name, number)
  local line = texts.line(name, number)
  local _, last = find(line, "%f[%w_]function%f[^%w_]")
  if not last or find(line, "%f[%w_]function%f[^%w_]", last) then return nil end
  return match(line, "%f[%w_]function%s+([%a_][%w_.:]*)%s*%(") or match(line, "([%a_][%w_.]*)%s*=%s*function%s*%(")
end

return texts
