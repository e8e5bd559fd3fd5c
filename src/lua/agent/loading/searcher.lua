-- Stands in for Lua's own searcher for Lua files: what is a source, `require` loads with probes, and LuaCov's modules and the
-- debugger's are ours.
local fromFile, seen, ownModule, standIns, standIn, passedOver = ...
local error, pcall, type, require, package = error, pcall, type, require, package
local getinfo, gmatch, gsub, match, open = debug.getinfo, string.gmatch, string.gsub, string.match, io.open
local insert, remove, wrap = table.insert, table.remove, coroutine.wrap
local isFirst = not rawlen and not jit
-- What a program puts in its place is not to run for us.
local luas = package.searchpath

-- Calls back with each file that may hold a module, up to one for which it gets an answer.
local function eachCandidate(name, path, callback)
  local part = gsub(name, "%.", (match(package.config, "^[^\n]+")))
  for template in gmatch(path, "[^;]+") do
    local file = gsub(template, "%?", (gsub(part, "%%", "%%%%")))
    if callback(file) then return file end
  end
end

local function isThere(file)
  local found = open(file, "r")
  if found then found:close() end
  return found ~= nil
end

local function isMissing(file)
  seen("missing", file)
  if passedOver then passedOver(file) end
end

-- The file of a module, as Lua's own searcher finds it.
local function searchpath(name)
  local path = package.path
  if type(path) ~= "string" then return nil end
  local file
  if luas then file = luas(name, path)
  else file = eachCandidate(name, path, isThere) end
  if not file then pcall(eachCandidate, name, path, isMissing)
  elseif passedOver then
    pcall(eachCandidate, name, path, function(candidate)
      if candidate == file then return true end
      passedOver(candidate)
    end)
  end
  return file
end

-- What a searcher says of a file that does not compile has no position, and nothing of ours is on the stack: `require`
-- goes on to a function of C that is there for this once.
local function refuse(own, message)
  local searchers = package.searchers or package.loaders
  for index = 1, #searchers do
    if searchers[index] == own then
      return insert(searchers, index + 1, wrap(function()
        remove(searchers, index + 1)
        error(message, 0)
      end))
    end
  end
  error(message, 0)
end

-- Nothing where Lua's own has to say what becomes of a module.
local function find(name)
  local file = type(name) == "string" and searchpath(name)
  local chunk = file and fromFile(file) or ownModule(name, file)
  if not chunk then return end
  if isFirst then return chunk end
  return chunk, file or name
end

local function newSearcher(searcher)
  if standIn then return standIn("closure", searcher, find) end
  local function own(...)
    local loader, place = find(...)
    local ok = true
    if not loader then ok, loader, place = pcall(searcher, ...) end
    if ok and place == nil then return loader end
    if ok then return loader, place end
    if getinfo(2, "f").func ~= require then error(loader, 0) end
    return refuse(own, loader)
  end
  standIns[own] = true
  return own
end

-- Lua's own searcher for Lua files is the one that asks package.path; a host may have put others before it.
local function isFileSearcher(searcher)
  if type(searcher) ~= "function" or getinfo(searcher, "S").what ~= "C" then return false end
  local path = package.path
  package.path = "?.luacov-ts-asks"
  local ok, message = pcall(searcher, "it")
  package.path = path
  return ok and type(message) == "string" and match(message, "it%.luacov%-ts%-asks") ~= nil
end

local searchers = package.searchers or package.loaders
for index = 1, #searchers do
  if isFileSearcher(searchers[index]) then searchers[index] = newSearcher(searchers[index]) end
end
