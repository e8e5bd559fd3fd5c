-- One name for a file, as far as names tell: absolute, with "/", without "." and "..".
local folder = ...
local byte, concat, find, gmatch, gsub, match, sub =
  string.byte, table.concat, string.find, string.gmatch, string.gsub, string.match, string.sub

local known = {}

local function absolute(file)
  local path = gsub(file, "\\", "/")
  if find(path, "^/") or find(path, "^%a:/") then return path end
  return folder .. "/" .. path
end

local function plain(path)
  local parts = {}
  for part in gmatch(path, "[^/]+") do
    if part == ".." then parts[#parts] = nil
    elseif part ~= "." then parts[#parts + 1] = part end
  end
  return (match(path, "^/") or "") .. concat(parts, "/")
end

-- Of the name of a chunk; text that was loaded has itself for one.
return function(source)
  local path = known[source]
  if not path then
    path = byte(source, 1) == 64 and plain(absolute(sub(source, 2))) or source
    known[source] = path
  end
  return path
end
