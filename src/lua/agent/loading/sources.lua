-- The sources that have a copy with probes, known by their content. The manifest begins with the bytes of the longest, and has three
-- lines for each: "@" and its path; its key, bytes and counters, where in `texts` its text begins, which its copy follows, the bytes of
-- the copy, and of another one for Luas with few upvalues, the places of functions without room for probes, the digest and the bytes
-- of the path before; "=", its bytes and key. A program loads few of them: the lines of all that there may be are not read, but searched.
local folder, hits, readByEngine = ...
local open, gsub, find, gmatch, match, getenv = io.open, string.gsub, string.find, string.gmatch, string.match, os.getenv
local concat, ipairs, pcall, setmetatable, sub, tonumber = table.concat, ipairs, pcall, setmetatable, string.sub, tonumber
local hasFewUpvalues = not rawlen or jit ~= nil

local sources = {}
local everywhere = setmetatable({}, { __index = function() return true end })
sources.everywhere = everywhere

local function readByLua(name)
  local file = open(name, "rb")
  if not file then return nil end
  local text = file:read "*a"
  file:close()
  return text
end

-- So many bytes of all texts from a place on; false where they are not there any more.
local function textAt(place, length)
  local text = ""
  if readByEngine then text = readByEngine(folder .. "/texts", place, length)
  else
    local file = open(folder .. "/texts", "rb")
    if file and length > 0 then text = file:seek("set", place) and file:read(length) end
    if file then file:close() end
  end
  return text ~= nil and #text == length and text
end

local function placesIn(list)
  local places = {}
  for place in gmatch(list, "[^,]+") do places[place] = true end
  return places
end

local manifest = (readByEngine or readByLua)(folder .. "/manifest") or ""
sources.longest = tonumber(match(manifest, "^longest (%d+)\n")) or 0
-- Whether anything is measured.
sources.areThere = sources.longest > 0

local byKey, byLength = {}, {}

-- The source whose facts are at a place of the manifest.
local function sourceAt(place)
  local form = "^(%x+) (%d+) (%d+) (%d+) (%d+) (%w+) (%S+) (%x+) (%d+)\n"
  local key, length, size, first, copy, forFew, tight, digest, bytes = match(manifest, form, place)
  length, copy, first = tonumber(length), tonumber(copy), tonumber(first)
  local isForFew = hasFewUpvalues and forFew ~= "same"
  byKey[key] = byKey[key] or {
    key = key,
    length = length,
    size = tonumber(size),
    text = first,
    copied = first + length + (isForFew and copy or 0),
    copiedLength = isForFew and tonumber(forFew) or copy,
    tight = tight ~= "none" and placesIn(tight) or nil,
    digest = digest,
    path = sub(manifest, place - 1 - tonumber(bytes), place - 2),
  }
  return byKey[key]
end

local function withKey(key)
  if byKey[key] then return byKey[key] end
  local first = find(manifest, "\n" .. key .. " ", 1, true)
  return first and sourceAt(first + 1)
end

local function withPath(path)
  local _, last = find(manifest, "\n@" .. path .. "\n", 1, true)
  return last and sourceAt(last + 1)
end

-- Those of so many bytes.
local function ofLength(length)
  if byLength[length] then return byLength[length] end
  local found = {}
  local start = "\n=" .. length .. " "
  local _, last = find(manifest, start, 1, true)
  while last do
    found[#found + 1] = withKey(match(manifest, "^%x+", last + 1))
    _, last = find(manifest, start, last, true)
  end
  byLength[length] = found
  return found
end

function hits.sizeOf(key)
  local source = withKey(key)
  return source and source.size or 0
end

-- The original, once; false where it cannot be read any more.
local function content(source)
  if source.original == nil then source.original = textAt(source.text, source.length) end
  return source.original
end

sources.content = content

-- The copy for this Lua; false where there is none.
local function copyOf(source)
  if source.copy == nil then
    local copy = textAt(source.copied, source.copiedLength)
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

sources.absolute = absolute

-- Whether a text of this many bytes may be one of the sources.
function sources.mayHave(length)
  return #ofLength(length) > 0
end

-- The path of a source, by its key.
function sources.pathOf(key)
  return withKey(key).path
end

-- Whether a file is one of the sources.
function sources.holds(name)
  local text = readByLua(name)
  return text ~= nil and sources.find(text, name) ~= nil
end

-- The source with this text. Of several with the same text, the one that has the name, which nearly always is the one: of
-- thousands of sources hundreds may be as long.
function sources.find(text, name)
  local alike = ofLength(#text)
  local named = name and alike[1] and withPath(absolute(name))
  if named and named.length == #text and content(named) == text then return named end
  for _, source in ipairs(alike) do
    if content(source) == text then return source end
  end
end

-- A file that has the place of a source, and another text, runs as it is.
function sources.missed(name)
  local source = withPath(absolute(name))
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
  return hits.isUnprobed(key) and everywhere or withKey(key).tight
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
