-- Searchers for libraries in C: what they look for, and find. They run as they are, as the last thing that stands in for them does.
local notes, doubt, candidates, isThere, standIn, standIns = ...
local getinfo, find, match = debug.getinfo, string.find, string.match
local next, package, pcall, type = next, package, pcall, type

-- Those that come before the one that is found, too.
local function noteLibrary(name, module)
  local path = package.cpath
  if type(path) ~= "string" then return end
  for _, file in next, candidates(name, path) do
    notes.look("opened", file)
    if isThere(file) then return doubt(module) end
  end
end

-- What a searcher looks for, by the name of a module: a library of that name, or of the package around it; nil where it is none for
-- libraries, which is one that asks package.cpath.
local function nameFor(searcher)
  if type(searcher) ~= "function" or getinfo(searcher, "S").what ~= "C" then return nil end
  local path = package.cpath
  package.cpath = "?.luacov-ts-asks"
  local isWhole, whole = pcall(searcher, "it")
  local isPart, part = pcall(searcher, "it.it")
  package.cpath = path
  local function asks(ok, message)
    return ok and type(message) == "string" and find(message, "it.luacov-ts-asks", 1, true) ~= nil
  end
  if asks(isWhole, whole) then return function(name) return name end end
  return asks(isPart, part) and function(name) return match(name, "^([^.]*)%.") end or nil
end

local function newSearcher(searcher, nameOf)
  local function listen(name)
    local library = type(name) == "string" and nameOf(name)
    if library then noteLibrary(library, name) end
  end
  if standIn then return standIn("closure", searcher, function(name) listen(name) end) end
  local function own(...)
    listen((...))
    return searcher(...)
  end
  standIns[own] = true
  return own
end

local searchers = package.searchers or package.loaders
for index = 1, #searchers do
  local nameOf = nameFor(searchers[index])
  if nameOf then searchers[index] = newSearcher(searchers[index], nameOf) end
end
