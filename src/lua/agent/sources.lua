-- The sources that have a copy with probes, known by their content. The manifest has a line for each: its key, bytes,
-- counters, the bytes of the copies for 60 and for 255 upvalues, the digest and the path.
local folder, hits = ...
local open, sub, gsub, find, gmatch, getenv = io.open, string.sub, string.gsub, string.find, string.gmatch, os.getenv
local concat, tonumber = table.concat, tonumber
local hasFewUpvalues = not rawlen or jit ~= nil

local sources = { longest = 0 }
local byLength, byPath, byKey = {}, {}, {}

local function read(name)
  local file = open(name, "rb")
  if not file then return nil end
  local text = file:read "*a"
  file:close()
  return text
end

local cache
for line in gmatch(read(folder .. "/manifest") or "", "[^\n]+") do
  local key, length, size, few, many, digest, path =
    line:match "^(%x+) (%d+) (%d+) (%d+) (%d+) (%x+) (.*)$"
  if key then
    local source = {
      key = key,
      length = tonumber(length),
      size = tonumber(size),
      few = tonumber(few),
      many = tonumber(many),
      digest = digest,
      path = path,
    }
    byKey[key] = source
    byPath[path] = source
    byLength[source.length] = byLength[source.length] or {}
    byLength[source.length][#byLength[source.length] + 1] = source
    if source.length > sources.longest then sources.longest = source.length end
  else
    cache = cache or line
  end
end

function hits.sizeOf(key)
  return byKey[key] and byKey[key].size or 0
end

-- The original, and the copy for this Lua, one after the other in one file of the cache.
local function content(source)
  if source.original ~= nil then return source.original end
  local all = read(cache .. "/" .. source.digest) or ""
  local isWhole = #all == source.length + source.few + source.many
  source.original = isWhole and sub(all, 1, source.length)
  local first = source.length + 1
  local last = source.length + source.few
  -- One copy serves both where they are equal.
  if source.many > 0 and not hasFewUpvalues then
    first, last = last + 1, #all
  end
  source.copy = isWhole and sub(all, first, last)
  if source.key ~= source.digest then source.copy = gsub(source.copy, source.digest, source.key) end
  return source.original
end

-- A name as the shell that started the program would see it.
local function absolute(name)
  name = gsub(name, "\\", "/")
  if not find(name, "^/") and not find(name, "^%a:/") then name = (getenv "PWD" or "") .. "/" .. name end
  local kept = {}
  for each in gmatch(name, "[^/]+") do
    if each == ".." then kept[#kept] = nil
    elseif each ~= "." then kept[#kept + 1] = each end
  end
  return (find(name, "^/") and "/" or "") .. concat(kept, "/")
end

-- Whether a text of this many bytes may be one of the sources.
function sources.mayHave(length)
  return byLength[length] ~= nil
end

-- The source with this text. Of several with the same text, the one that has the name.
function sources.find(text, name)
  local found
  for _, source in ipairs(byLength[#text] or {}) do
    if content(source) == text then
      if not found or name and source.path == absolute(name) then found = source end
    end
  end
  return found
end

-- A file that has the place of a source, and another text, runs as it is.
function sources.missed(name)
  local source = byPath[absolute(name)]
  if source then hits.doubt("changed", source.path) end
end

-- The copy, once it is needed: its counters are there before it runs.
function sources.copyOf(source)
  hits.ready(source.key, source.size)
  hits.begin()
  return source.copy
end

-- Whether copies reach their counters: a program may have given strings another index.
function sources.areReachable()
  local ok, method = pcall(function() return ("").luacov_ts end)
  return ok and method == hits.probe
end

function sources.unreachable(source)
  hits.doubt("unreachable", source.path)
end

return sources
