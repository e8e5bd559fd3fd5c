-- The sources that have a copy with probes, known by their content. The manifest has a line for each: its bytes, key and
-- counters, whether there are two copies, one for Luas with few upvalues, the places of functions without room for
-- probes, the digest and the path.
local folder, hits = ...
local open, gsub, find, gmatch, match, getenv = io.open, string.gsub, string.find, string.gmatch, string.match, os.getenv
local concat, ipairs, pcall, setmetatable, tonumber = table.concat, ipairs, pcall, setmetatable, tonumber
local hasFewUpvalues = not rawlen or jit ~= nil

local sources = { longest = 0 }
local byLength, byPath, byKey = {}, {}, {}
local everywhere = setmetatable({}, { __index = function() return true end })
sources.everywhere = everywhere

local function read(name)
  local file = open(name, "rb")
  if not file then return nil end
  local text = file:read "*a"
  file:close()
  return text
end

local function placesIn(list)
  local places = {}
  for place in gmatch(list, "[^,]+") do places[place] = true end
  return places
end

for line in gmatch(read(folder .. "/manifest") or "", "[^\n]+") do
  local length, key, size, variant, tight, digest, path = line:match "^(%d+) (%x+) (%d+) (%a+) (%S+) (%x+) (.*)$"
  if key then
    local source = {
      key = key,
      length = tonumber(length),
      size = tonumber(size),
      copies = variant,
      tight = tight ~= "none" and placesIn(tight) or nil,
      digest = digest,
      path = path,
    }
    byKey[key] = source
    if path ~= "" then byPath[path] = source end
    byLength[source.length] = byLength[source.length] or {}
    byLength[source.length][#byLength[source.length] + 1] = source
    if source.length > sources.longest then sources.longest = source.length end
  end
end

function hits.sizeOf(key)
  return byKey[key] and byKey[key].size or 0
end

-- The original, once; false where it cannot be read any more.
local function content(source)
  if source.original == nil then source.original = read(folder .. "/" .. source.digest .. ".lua") or false end
  return source.original
end

-- The copy for this Lua; false where there is none.
local function copyOf(source)
  if source.copy == nil then
    local kind = hasFewUpvalues and source.copies == "two" and ".60.lua" or ".255.lua"
    local copy = read(folder .. "/" .. source.digest .. kind) or false
    if copy and source.key ~= source.digest then copy = gsub(copy, source.digest, source.key) end
    source.copy = copy
  end
  return source.copy
end

-- A copy with all counters in the table.
local function withoutLocals(copy)
  if not copy or not find(copy, ":luacov_ts(function()", 1, true) then return copy end
  local form = '^(.-)local ([%w_,]+) local (C_*)%d+[%w_,]*=[0,]+ [%w_,]+=(%("%x+"%):luacov_ts%()function%(%).- end(%) .*)$'
  local before, declared, own, method, rest = match(copy, form)
  local counters = match(declared, "^[%w_]+")
  rest = gsub(rest, " " .. own .. "(%d+)=" .. own .. "%d+%+1 ", " " .. counters .. "[%1]=" .. counters .. "[%1]+1 ")
  return before .. "local " .. declared .. "=" .. method .. rest
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

-- The path of a source, by its key.
function sources.pathOf(key)
  return byKey[key].path
end

-- Whether a file is one of the sources.
function sources.holds(name)
  local text = read(name)
  return text ~= nil and sources.find(text, name) ~= nil
end

-- The source with this text. Of several with the same text, the one that has the name, which nearly always is the one: of
-- thousands of sources hundreds may be as long.
function sources.find(text, name)
  local alike = byLength[#text]
  if not alike then return nil end
  local named = name and byPath[absolute(name)]
  if named and named.length == #text and content(named) == text then return named end
  for _, source in ipairs(alike) do
    if content(source) == text then return source end
  end
end

-- A file that has the place of a source, and another text, runs as it is.
function sources.missed(name)
  local source = byPath[absolute(name)]
  if source then hits.doubt("other", source.path) end
end

-- For a run of tests, which files a program has loaded, and which it has looked for in vain: what they become may change
-- how it goes.
local tells = (getenv "LUACOV_TS_HITS" or "") ~= ""

function sources.seen(kind, name)
  if tells then hits.doubt(kind, absolute(name)) end
end

-- Whether copies reach their counters: a program may have given strings another index.
local function areReachable()
  local ok, method = pcall(function() return ("").luacov_ts end)
  return ok and method == hits.probe
end

-- The places of functions whose lines the hook counts, or all of them.
function hits.hookedPlaces(key)
  return hits.isUnprobed(key) and everywhere or byKey[key].tight
end

-- What runs as it is has its lines counted by the hook.
function sources.unprobed(source)
  hits.doubt("unprobed", source.key)
  hits.forgetUnused(source.key)
  hits.fallBack()
end

-- The copy, once it is to be run: its counters are there before.
function sources.take(source)
  local copy = areReachable() and copyOf(source)
  if not copy then return sources.unprobed(source) end
  hits.ready(source.key, source.size)
  hits.begin()
  if source.tight then hits.fallBack() end
  return hits.isCrowded(source.key) and sources.spare(source) or copy
end

-- The copy for where locals are too many, which are also those of a program that loads a source again and again.
function sources.spare(source)
  source.spare = source.spare or withoutLocals(copyOf(source))
  return source.spare
end

return sources
