-- LuaFileSystem. What it returns for a failure differs from function to function, as in the original.

local host = ...

local check = host.import "host/check"
local file = host.import "host/files/file"
local sys, export = host.sys, host.export
local ipairs, type, rawset, select, sub = ipairs, type, rawset, select, sub

local fields = {
  "mode", "dev", "ino", "nlink", "uid", "gid", "rdev",
  "access", "modification", "change", "size", "permissions", "blocks", "blksize",
}

local library = {}

local function isstring(value)
  return type(value) == "string" or type(value) == "number"
end

local function result(ok, message, errno)
  if not ok then
    return nil, message, errno
  end
  return true
end

local function checkfile(handle, name)
  local stream = file.check(1, handle)
  if stream.closed then
    host.raise(name .. ": closed file")
  end
  return stream
end

-- One attribute by its name, or all of them in a table, which may be given.
local function attributes(stat, name, wanted)
  name = check.string(1, name)
  local found, message, errno = stat(name, type(wanted) == "string" and wanted or nil)
  if not found then
    local text = "cannot obtain information from file '" .. check.cstring(name) .. "': " .. message
    return nil, text, errno
  end
  if isstring(wanted) then
    local value = found[wanted]
    if value == nil then
      host.raise("invalid attribute name '" .. check.cstring(wanted) .. "'")
    end
    return value
  end
  local target = type(wanted) == "table" and wanted or {}
  for _, field in ipairs(fields) do
    rawset(target, field, found[field])
  end
  return target
end

function library.attributes(name, wanted)
  return attributes(sys.stat, name, wanted)
end

function library.symlinkattributes(name, wanted)
  if wanted == "target" then
    local target, message, errno = sys.readlink(check.string(1, name))
    if not target then
      return nil, "could not obtain link target: " .. message, errno
    end
    return target
  end
  local found, message, errno = attributes(sys.lstat, name, wanted)
  if type(found) == "table" then
    found.target = (sys.readlink(name))
  end
  return found, message, errno
end

function library.chdir(path)
  path = check.string(1, path)
  local ok, message = sys.chdir(path)
  if not ok then
    return nil, "Unable to change working directory to '" .. check.cstring(path) .. "'\n" .. message .. "\n"
  end
  return true
end

function library.currentdir()
  local path, message, errno = sys.cwd()
  if not path then
    return nil, "get_dir getcwd() failed: " .. message, errno
  end
  return path
end

local directory = host.metatable "directory metatable"

local function nextname(handle)
  local state = host.value(handle, directory)
  if not state then
    host.typeerror(1, "directory metatable")
  elseif state.closed then
    host.argerror(1, "closed directory")
  end
  state.index = state.index + 1
  local name = state.names[state.index]
  if name == nil then
    state.closed = true
    return
  end
  return name
end

local function closedirectory(handle)
  local state = host.value(handle, directory)
  if state then
    state.closed = true
  end
end

directory.__index = { next = export(nextname), close = export(closedirectory) }
directory.__gc = directory.__index.close
directory.__close = directory.__index.close

function library.dir(path)
  path = check.string(1, path)
  local names, message = sys.list(path)
  if not names then
    host.raise("cannot open " .. check.cstring(path) .. ": " .. message)
  end
  return directory.__index.next, host.userdata(directory, { names = names, index = 0 })
end

function library.mkdir(path)
  return result(sys.mkdir(check.string(1, path)))
end

function library.rmdir(path)
  return result(sys.rmdir(check.string(1, path)))
end

function library.link(from, to, symbolic)
  local link = symbolic and sys.symlink or sys.link
  return result(link(check.string(1, from), check.string(2, to)))
end

function library.touch(name, ...)
  name = check.string(1, name)
  local access, modification = ...
  if select("#", ...) == 0 then
    access = sys.preciseTime()
  else
    access = access == nil and 0 or check.number(2, access)
  end
  return result(sys.utimes(name, access, check.optinteger(3, modification, access)))
end

-- Every stream is binary.
function library.setmode(handle, mode)
  checkfile(handle, "setmode")
  check.option(2, mode, nil, { "binary", "text" })
  return true, "binary"
end

local function checkrange(n, start, length)
  check.optinteger(n, start, 0)
  check.optinteger(n + 1, length, 0)
end

-- Nothing here can lock a region of a file: a lock is granted to whoever asks, as to the only process.
function library.lock(handle, mode, start, length)
  checkfile(handle, "lock")
  mode = sub(check.string(2, mode), 1, 1)
  checkrange(3, start, length)
  if mode ~= "r" and mode ~= "w" and mode ~= "u" then
    host.raise "lock: invalid mode"
  end
  return true
end

function library.unlock(handle, start, length)
  checkfile(handle, "unlock")
  checkrange(2, start, length)
  return true
end

local lock = host.metatable "lock metatable"

local function unlockdirectory(handle)
  local state = host.value(handle, lock)
  if not state then
    host.typeerror(1, "lock metatable")
  elseif state.name then
    sys.unlink(state.name)
    state.name = nil
  end
end

lock.__index = { free = export(unlockdirectory) }
lock.__gc = lock.__index.free

function library.lock_dir(path)
  local name = check.string(1, path) .. "/lockfile.lfs"
  local ok, message = sys.symlink("lock", name)
  if not ok then
    return nil, message
  end
  return host.userdata(lock, { name = name })
end

for name, each in pairs(library) do
  library[name] = export(each)
end

library._VERSION = "LuaFileSystem 1.8.0"
library._COPYRIGHT = "Copyright (C) 2003-2017 Kepler Project"
library._DESCRIPTION = "LuaFileSystem is a Lua library developed to complement the set of functions related"
  .. " to file systems offered by the standard Lua distribution"

return library
