-- For a run that takes over results of earlier ones: what a program asks of the system that may be answered otherwise the next time.
local part, hits, seen, absolute, refusal, standIn, call = ...
local io, os, package, loaded = io, os, package, package.loaded
local find, gmatch, gsub, match = string.find, string.gmatch, string.gsub, string.match
local error, pcall, select, type = error, pcall, select, type
local next, tostring, open = next, tostring, io.open
local unpack, setfenv, getfenv = unpack or table.unpack, debug.setfenv, debug.getfenv
local environment = _G
local notes = part("accesses/notes", seen, absolute, call)

local function isWriting(mode)
  return type(mode) == "string" and find(mode, "^w") ~= nil
end

local function starts()
  hits.doubt("doubt", "starts other programs")
end

local function looks(use)
  return function(name) notes.look(use, name) end
end

local function candidates(name, path)
  local place = gsub(gsub(tostring(name), "%.", "/"), "%%", "%%%%")
  local files = {}
  for template in gmatch(path, "[^;]+") do files[#files + 1] = (gsub(template, "%?", place)) end
  return files
end

local function searched(name, path)
  if type(path) ~= "string" then return end
  for _, file in next, candidates(name, path) do notes.look("opened", file) end
end

local function results(...)
  return select("#", ...), { ... }
end

-- What of C's may raise errors about its arguments is asked once more then, as it says more where nobody stands between.
local function listening(original, hear)
  return function(...)
    local count, all = results(pcall(original, ...))
    if all[1] then hear(all[2], all[4], ...) end
    if all[1] and all[2] ~= nil then return unpack(all, 2, count) end
  end
end

local function put(library, field, own, original)
  -- A function of C has an environment in 5.1.
  if setfenv then setfenv(own, getfenv(original)) end
  library[field] = own
end

-- Has a function say what it is asked: `before` hears of its arguments; `after` of its first result, and errno, before these. It is
-- else as it was.
local function wrap(library, field, name, before, after)
  local original = library and library[field]
  if type(original) ~= "function" then return end
  if standIn then
    local ask = before and function(...) before(...) end or listening(original, after)
    return put(library, field, standIn("result", original, ask), original)
  end
  local function own(...)
    if before then before(...) end
    local count, all = results(pcall(original, ...))
    if after then after(all[1] and all[2], all[1] and all[4] or nil, ...) end
    if not all[1] then error(refusal(all[2], name), 2) end
    return unpack(all, 2, count)
  end
  library[field] = own
  hits.standIns[own], hits.replaced[original] = true, own
end

local function opened(ok, errno, name, mode)
  if isWriting(mode) then notes.deed("written", name, not not ok, errno)
  elseif type(mode) == "string" and find(mode, "[a+]") then notes.added(name)
  else notes.look("opened", name) end
end

local function deed(kind)
  return function(ok, errno, name) notes.deed(kind, name, not not ok, errno) end
end

local function renamed(ok, errno, from, to)
  notes.rename(from, to, not not ok, errno)
end

local accesses = {}

-- Called by the runner, once all of ours that opens files has what C has.
function accesses.install()
  wrap(io, "open", "io.open", nil, opened)
  wrap(io, "lines", "io.lines", looks "opened")
  wrap(io, "input", "io.input", looks "opened")
  wrap(io, "output", "io.output", nil, deed "written")
  wrap(io, "popen", "io.popen", starts)
  wrap(os, "execute", "os.execute", starts)
  wrap(os, "remove", "os.remove", nil, deed "removed")
  wrap(os, "rename", "os.rename", nil, renamed)
  wrap(package, "searchpath", "package.searchpath", searched)
  wrap(package, "loadlib", "package.loadlib", function(file)
    notes.look("opened", file)
    if not standIn and type(file) == "string" then hits.doubt("library", file) end
  end)
  -- What it makes is a file that nobody had.
  local tmpname = os.tmpname
  if type(tmpname) == "function" and standIn then
    wrap(os, "tmpname", "os.tmpname", nil, notes.own)
  elseif type(tmpname) == "function" then
    function os.tmpname()
      local name = tmpname()
      notes.own(name)
      return name
    end
    hits.standIns[os.tmpname] = true
  end
end

-- What comes before a module's file on the path, and is not there.
function accesses.passedOver(file)
  notes.look("opened", file)
end

-- One attribute by its name, or all of them.
local function asked(kind)
  return function(name, wanted)
    local isAll = type(wanted) ~= "string" and type(wanted) ~= "number"
    notes.look(kind .. ":" .. (isAll and "all" or match(wanted, "^%w+$") or "mode"), name)
  end
end

local function linked(ok, _, from, to, isSymbolic)
  notes.link(from, to, isSymbolic, not not ok)
end

-- What functions of LuaFileSystem tell: before they do it, or behind that.
local before = {
  attributes = asked "asked", symlinkattributes = asked "link", dir = looks "opened", touch = looks "opened",
  chdir = function() hits.doubt("doubt", "changes its folder, from which names count") end,
}
local after = {
  mkdir = function(ok, errno, name) notes.folder(name, not not ok, errno) end,
  rmdir = deed "emptied",
  link = linked,
  lock_dir = function(ok, errno, folder)
    if type(folder) == "string" then notes.deed("made", folder .. "/lockfile.lfs", not not ok, errno) end
  end,
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
      for field, note in next, before do wrap(library, field, field, note) end
      for field, note in next, after do wrap(library, field, field, nil, note) end
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

part("accesses/searchers", notes, function(name)
  if not standIn then hits.doubt("library", name) end
end, candidates, isThere, standIn, hits.standIns)

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
