-- The io library: liolib.c over streams of bytes.

local host = ...

local check = host.import "host/check"
local file = host.import "host/files/file"
local lines = host.import "host/files/lines"
local read = host.import "host/files/read"
local stream = host.import "host/files/write"
local sys, raise = host.sys, host.raise
local select, type, tostring, find = select, type, tostring, find

-- The handles that io.read and io.write use.
local default = { input = io.stdin, output = io.stdout }

local function defaultstream(name)
  local found = file.stream(default[name])
  if found.closed then
    raise("standard " .. name .. " file is closed")
  end
  return found
end

local function open(name, mode)
  local id, message, errno = sys.open(name, mode)
  if not id then
    return nil, message, errno
  end
  return file.new(id)
end

local function opencheck(name, mode)
  local handle, message = open(name, mode)
  if not handle then
    raise("cannot open file '" .. check.cstring(name) .. "' (" .. message .. ")")
  end
  return handle
end

local function exchange(name, mode, given)
  if type(given) == "string" or type(given) == "number" then
    default[name] = opencheck(tostring(given), mode)
  elseif given ~= nil then
    file.checkopen(1, given)
    default[name] = given
  end
  return default[name]
end

local library = {}

function library.close(...)
  local handle = ...
  if select("#", ...) == 0 then
    handle = default.output
  end
  return file.close(file.checkopen(1, handle))
end

function library.flush()
  return stream.flush(defaultstream("output").id)
end

function library.input(given)
  return exchange("input", "r", given)
end

function library.output(given)
  local handle = exchange("output", "w", given)
  host.output(handle)
  return handle
end

function library.lines(name, ...)
  if name == nil then
    return lines(file.checkopen(1, default.input), false, 2, ...)
  end
  return lines(file.stream(opencheck(check.string(1, name), "r")), true, 2, ...)
end

function library.open(name, mode)
  name = check.string(1, name)
  mode = check.optstring(2, mode, "r")
  if not find(mode, "^[rwa]%+?b*$") then
    host.argerror(2, "invalid mode")
  end
  local handle, message, errno = open(name, mode)
  if not handle then
    return check.failure(message, errno, name)
  end
  return handle
end

function library.popen(command, mode)
  command = check.string(1, command)
  mode = check.optstring(2, mode, "r")
  if mode ~= "r" and mode ~= "w" then
    host.argerror(2, "invalid mode")
  end
  local id, message, errno = sys.openPipe(command, mode)
  if not id then
    return check.failure(message, errno, command)
  end
  return file.newpipe(id)
end

function library.read(...)
  return read(defaultstream("input").id, 1, ...)
end

function library.tmpfile()
  local id, message, errno = sys.openTemporary()
  if not id then
    return check.failure(message, errno)
  end
  return file.new(id)
end

function library.type(...)
  if select("#", ...) == 0 then
    host.argerror(1, "value expected")
  end
  local found = file.stream((...))
  return found and (found.closed and "closed file" or "file")
end

function library.write(...)
  return stream.write(default.output, defaultstream("output").id, 1, ...)
end

return library
