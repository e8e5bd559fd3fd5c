-- Says of each text of standard input what this Lua says of it: its length on a line, then the text, again and again.
local load = loadstring or load

local function judgement(text)
  local f, message = load("--\n" .. text, "=text")
  if f then
    return "ok"
  end
  return (message:gsub("^text:(%d+): ", "%1 "))
end

local function show(text)
  io.write(#text, "\n", text, "\n")
end

for length in io.lines() do
  show(judgement(io.read(tonumber(length)) or ""))
  io.read()
end
