-- Takes files of ours from what native/compile has written.
local own, from = ...
-- Files are taken when a program needs them, which may have changed all of these.
local load, setfenv, assert, sub, globals = loadstring or load, setfenv, assert, string.sub, _G
local file = io.open(from, "rb")
if not file then return own end

local places, last = {}, 0
for line in file:lines() do
  local name, length = line:match "^(%S+) (%d+)$"
  if not name then break end
  places[name] = { last + 1, last + length }
  last = last + length
end
local codes = file:read "*a"
file:close()

return function(name, environment)
  local place = places[name]
  local code = place and sub(codes, place[1], place[2])
  if not code then return own(name, environment) end
  if not setfenv then return assert(load(code, "=[C]", "b", environment or globals)) end
  local main = assert(load(code, "=[C]"))
  return environment and setfenv(main, environment) or main
end
