-- What a host has loaded before the agent, and calls after it: `resty -e TEXT script.lua` reads both first. Whoever has
-- called the agent holds such a chunk in a local or an upvalue, and may hold a function there that the agent replaces.
local hits, loading = ...
local getinfo, getlocal, setlocal = debug.getinfo, debug.getlocal, debug.setlocal
local getupvalue, setupvalue = debug.getupvalue, debug.setupvalue
local match, next, type = string.match, next, type

-- The chunk of this file is on the stack of its caller, too.
local isRunning, lowest = { [getinfo(1, "f").func] = true }, 1
local info = getinfo(2, "f")
while info do
  lowest = lowest + 1
  -- 5.1 has a level without a function for each tail call.
  if info.func then isRunning[info.func] = true end
  info = getinfo(lowest + 1, "f")
end

local function replacementFor(value)
  if type(value) ~= "function" or isRunning[value] then return nil end
  if hits.replaced[value] or hits.hook then return hits.replaced[value] end
  local chunk = getinfo(value, "S")
  local name = chunk.what == "main" and match(chunk.source, "^@(.*)")
  return name and loading.fromFile(name)
end

for level = 2, lowest do
  local index = 1
  local name, value = getlocal(level, index)
  while name do
    local other = replacementFor(value)
    if other then setlocal(level, index, other) end
    index = index + 1
    name, value = getlocal(level, index)
  end
end

for fn in next, isRunning do
  local index = 1
  local name, value = getupvalue(fn, index)
  while name do
    local other = replacementFor(value)
    if other then setupvalue(fn, index, other) end
    index = index + 1
    name, value = getupvalue(fn, index)
  end
end
