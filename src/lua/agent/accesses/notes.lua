-- Which paths a program depends on, by what it does with them, in turn: what is at a path that it has made itself depends on nobody
-- else, nor what is below a folder that it has. Of a deed it is told whether it succeeded, and errno.
--
-- An engine of ours, whose libraries note what they do themselves, has the notes of both (engine/host/lookNotes.ts).
local seen, absolute, call = ...
local find, match, next, tostring, type = string.find, string.match, next, tostring, type

local notes = {}

local function isName(name)
  return type(name) == "string" or type(name) == "number"
end

if call then
  function notes.look(use, name)
    if isName(name) then call("noteLook", use, tostring(name)) end
  end

  function notes.deed(deed, name, ok, errno)
    local primitive = ({ written = "open", removed = "remove" })[deed]
    if isName(name) then call("noteCall", primitive, ok, errno, tostring(name), "w") end
  end

  function notes.added(name)
    if isName(name) then call("noteCall", "open", true, nil, tostring(name), "a") end
  end

  function notes.rename(from, to, ok, errno)
    if isName(from) and isName(to) then call("noteCall", "rename", ok, errno, tostring(from), tostring(to)) end
  end

  function notes.own(name)
    call("noteCall", "temporaryName", true, nil, name)
  end

  return notes
end

-- What comes first of a path: "looked at", "rewritten" behind that, or "own"; and folders that the program has made.
local first, folders = {}, {}

local function folderOf(file)
  return match(file, "^(.*)/[^/]*$")
end

local function isOwn(file)
  if first[file] == "own" then return true end
  local folder = next(folders) and folderOf(file)
  while folder and folder ~= "" do
    if folders[folder] then return true end
    folder = folderOf(folder)
  end
  return false
end

local function note(use, outcome, file)
  seen("look " .. use .. " " .. outcome, file)
end

local function look(use, file)
  if isOwn(file) then return end
  first[file] = first[file] or "looked at"
  note(use, "-", file)
end

local function own(file, isRemoved)
  seen("changed", file)
  if first[file] == "looked at" and isRemoved then seen("removed", file)
  elseif first[file] == "looked at" then first[file] = "rewritten" end
  first[file] = first[file] or "own"
end

local function done(deed, file, ok, errno)
  if not isOwn(file) and first[file] ~= "rewritten" then note(deed, ok and "done" or errno or "-", file) end
  if ok then own(file, deed == "removed" or deed == "emptied")
  elseif not errno then first[file] = first[file] or "looked at" end
end

-- Of two paths, the second: which is to blame errno does not tell.
local function target(deed, file, ok)
  if ok then done(deed, file, ok)
  elseif not isOwn(file) then note(deed, "-", file) end
end

function notes.look(use, name)
  if isName(name) then look(use, absolute(name)) end
end

-- A deed: "written", "made", "removed" or "emptied".
function notes.deed(deed, name, ok, errno)
  if isName(name) then done(deed, absolute(name), ok, errno) end
end

-- What is written to as it is.
function notes.added(name)
  if not isName(name) then return end
  look("opened", absolute(name))
  seen("changed", absolute(name))
end

function notes.folder(name, ok, errno)
  if not isName(name) then return end
  local file = absolute(name)
  done("made", file, ok, errno)
  if ok and first[file] == "own" then folders[file] = true end
end

function notes.rename(from, to, ok)
  if not (isName(from) and isName(to)) then return end
  local old, new = absolute(from), absolute(to)
  if old == new or not ok then look("asked:mode", old)
  elseif not isOwn(old) then look("moved", old) end
  if old == new then return end
  if ok then own(old) end
  target(folders[old] and "made" or "written", new, ok)
  if ok and folders[old] then folders[old], folders[new] = nil, true end
end

function notes.link(from, to, isSymbolic, ok)
  if not (isName(from) and isName(to)) then return end
  local link, old = absolute(to), tostring(from)
  if isSymbolic and not find(old, "^[/\\]") then old = (folderOf(link) or "") .. "/" .. old end
  look(ok and "linked" or "asked:mode", absolute(old))
  target("made", link, ok)
end

-- What it has made by a name that nobody had.
function notes.own(name)
  own(absolute(name))
end

return notes
