-- Which functions are ours, by the names of their chunks: those in our folder, and the runners', which are named as C is.
local folder, standIns = ...
local getinfo, setmetatable, sub = debug.getinfo, setmetatable, string.sub

local ours = {}
local prefix = "@" .. folder
local known = setmetatable({}, { __mode = "k" })
local sources = { ["=[C]"] = true }

-- What is loaded from a chunk of this name is ours, too.
function ours.add(source)
  sources[source] = true
end

function ours.has(fn)
  local is = known[fn]
  if is == nil then
    local info = getinfo(fn, "S")
    is = standIns[fn] or info.what ~= "C" and (sources[info.source] or sub(info.source, 1, #prefix) == prefix) or false
    known[fn] = is
  end
  return is
end

return ours
