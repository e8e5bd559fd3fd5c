-- For a run that takes over results of earlier ones: what a program asks of the system that may be answered otherwise the next time. What
-- it writes before it has looked at it depends on nobody else.
local hits, seen, refusal, standIn = ...
local io, os, package, loaded = io, os, package, package.loaded
local error, find, gmatch, gsub, pcall, select, type = error, string.find, string.gmatch, string.gsub, pcall, select, type
local next, tostring, open = next, tostring, io.open
local unpack, setfenv, getfenv = unpack or table.unpack, debug.setfenv, debug.getfenv
local environment = _G

local first = {}

local function isName(name)
  return type(name) == "string" or type(name) == "number"
end

local function looks(kind)
  return function(name)
    if not isName(name) or first[name] == "written" then return end
    first[name] = first[name] or "looked at"
    seen(kind, name)
  end
end

local opened, asked = looks "opened", looks "asked"

local function changed(name)
  if isName(name) then seen("changed", name) end
end

local function written(name)
  changed(name)
  if isName(name) then first[name] = first[name] == "looked at" and "rewritten" or first[name] or "written" end
end

local function removed(name)
  if not isName(name) then return end
  changed(name)
  if first[name] == "looked at" then seen("removed", name) end
  first[name] = first[name] or "written"
end

local function starts()
  hits.doubt("doubt", "starts other programs")
end

local function openedBy(name, mode)
  if type(mode) == "string" and find(mode, "^w") then written(name) else opened(name) end
  if type(mode) == "string" and find(mode, "[a+]") then changed(name) end
end

local function renamed(from, to)
  removed(from)
  written(to)
end

local function candidates(name, path)
  local part = gsub(gsub(tostring(name), "%.", "/"), "%%", "%%%%")
  local files = {}
  for template in gmatch(path, "[^;]+") do files[#files + 1] = (gsub(template, "%?", part)) end
  return files
end

local function searched(name, path)
  if type(path) ~= "string" then return end
  for _, file in next, candidates(name, path) do opened(file) end
end

-- A function that says first what it is asked, and is else as it was.
local function wrap(library, field, name, note)
  local original = library and library[field]
  if type(original) ~= "function" then return end
  if standIn then
    local own = standIn("result", original, function(...) note(...) end)
    -- A function of C has an environment in 5.1.
    if setfenv then setfenv(own, getfenv(original)) end
    library[field] = own
    return
  end
  local function results(...) return select("#", ...), { ... } end
  local function own(...)
    note(...)
    local count, all = results(pcall(original, ...))
    if not all[1] then error(refusal(all[2], name), 2) end
    return unpack(all, 2, count)
  end
  library[field] = own
  hits.standIns[own], hits.replaced[original] = true, own
end

local accesses = {}

-- Called by the runner, once all of ours that opens files has what C has.
function accesses.install()
  wrap(io, "open", "io.open", openedBy)
  wrap(io, "lines", "io.lines", opened)
  wrap(io, "input", "io.input", opened)
  wrap(io, "output", "io.output", written)
  wrap(io, "popen", "io.popen", starts)
  wrap(os, "execute", "os.execute", starts)
  wrap(os, "remove", "os.remove", removed)
  wrap(os, "rename", "os.rename", renamed)
  wrap(package, "searchpath", "package.searchpath", searched)
  -- What it makes is a file that nobody had.
  local tmpname = os.tmpname
  if type(tmpname) == "function" and not standIn then
    function os.tmpname()
      local name = tmpname()
      written(name)
      return name
    end
    hits.standIns[os.tmpname] = true
  end
end

-- What comes before a module's file on the path, and is not there.
function accesses.passedOver(file)
  opened(file)
end

local lfs = {
  attributes = asked, symlinkattributes = asked, dir = opened, touch = opened,
  mkdir = written, rmdir = removed,
  link = function(from, to) opened(from) written(to) end,
  chdir = function() hits.doubt("doubt", "changes its folder, from which names count") end,
}

-- Whether a loader is being looked for: other searchers may ask this one again.
local isLooking = false

local function loaderOf(name)
  local searchers = package.searchers or package.loaders
  for index = 3, #searchers do
    local ok, loader, place = pcall(searchers[index], name)
    if ok and type(loader) == "function" then return loader, place end
  end
end

-- The loader of LuaFileSystem in C, whose functions say what they are asked.
function accesses.module(name, file)
  if name ~= "lfs" or file or standIn or isLooking then return nil end
  isLooking = true
  local loader, place = loaderOf(name)
  isLooking = false
  if not loader then return nil end
  return function()
    local library = loader(name, place)
    if type(library) == "table" then
      for field, note in next, lfs do wrap(library, field, field, note) end
    end
    return library
  end
end

local function isThere(file)
  local found = open(file, "rb")
  if found then found:close() end
  return found ~= nil
end

local function onPath(name, path)
  if type(path) ~= "string" then return false end
  for _, file in next, candidates(name, path) do
    if isThere(file) then return true end
  end
  return false
end

-- Libraries that are not written in Lua, and hosts with functions of their own. An engine of ours has neither.
function accesses.finish()
  if standIn then return end
  for name in next, loaded do
    if type(name) == "string" and onPath(name, package.cpath) and not onPath(name, package.path) then
      hits.doubt("library", name)
    end
  end
  for _, name in next, { "vim", "ngx", "tarantool", "love" } do
    if type(environment[name]) == "table" then hits.doubt("library", name) end
  end
end

return accesses
