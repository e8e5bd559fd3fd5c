-- An engine that has files of its own, as LÖVE does, has also put a searcher for them before Lua's, in C. The chunk that
-- comes from there is exchanged before it runs.
local loading, love = ...
local getinfo, find, gmatch, match = debug.getinfo, string.find, string.gmatch, string.match
local error, package, pcall, type = error, package, pcall, type
local filesystem = love and love.filesystem

local function copyOf(chunk)
  local info = type(chunk) == "function" and getinfo(chunk, "S")
  local name = info and info.what == "main" and match(info.source, "^@(.*)")
  if not name then return nil end
  if not filesystem then return loading.fromFile(name) end
  local text, folder = filesystem.read(name), filesystem.getRealDirectory(name)
  return text and loading.fromContent(text, name, folder and folder .. "/" .. name)
end

-- Lua's own say that they have looked in package.preload, or where package.cpath leads; one says nothing.
local function isOwn(searcher)
  if type(searcher) ~= "function" or getinfo(searcher, "S").what ~= "C" then return false end
  local ok, message = pcall(searcher, "luacov-ts-asks")
  if not ok or type(message) ~= "string" or find(message, "package.preload", 1, true) then return false end
  for template in gmatch(package.cpath, "[^;?]+") do
    if find(message, template, 1, true) then return false end
  end
  return message ~= ""
end

local function newSearcher(searcher)
  return function(...)
    local ok, loader, place = pcall(searcher, ...)
    if not ok then error(loader, 0) end
    return copyOf(loader) or loader, place
  end
end

local searchers = package.searchers or package.loaders
for index = 1, #searchers do
  if isOwn(searchers[index]) then searchers[index] = newSearcher(searchers[index]) end
end

if filesystem then
  local load = filesystem.load
  function filesystem.load(...)
    local ok, chunk, message = pcall(load, ...)
    if not ok then error(loading.refusal(chunk, "load"), 2) end
    if chunk == nil then return nil, message end
    return copyOf(chunk) or chunk
  end
end
