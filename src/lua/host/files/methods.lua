-- The methods of file handles.

local host = ...

local check = host.import "host/check"
local file = host.import "host/files/file"
local lines = host.import "host/files/lines"
local read = host.import "host/files/read"
local stream = host.import "host/files/write"
local sys = host.sys

local methods = {}

function methods.close(...)
  return file.close(file.checkopen(1, (...)))
end

function methods.flush(handle)
  return stream.flush(file.checkopen(1, handle).id)
end

function methods.lines(handle, ...)
  return lines(file.checkopen(1, handle), false, 2, ...)
end

function methods.read(handle, ...)
  return read(file.checkopen(1, handle).id, 2, ...)
end

function methods.seek(handle, whence, offset)
  local found = file.checkopen(1, handle)
  whence = check.option(2, whence, "cur", { "set", "cur", "end" })
  local position, message, errno = sys.seek(found.id, whence, check.optinteger(3, offset, 0))
  if not position then
    return check.failure(message, errno)
  end
  return position
end

function methods.setvbuf(handle, mode, size)
  local found = file.checkopen(1, handle)
  mode = check.option(2, mode, nil, { "no", "full", "line" })
  -- The C library chooses the size of a buffer that it makes itself.
  check.optinteger(3, size, 0)
  return sys.setBuffering(found.id, mode)
end

function methods.write(handle, ...)
  return stream.write(handle, file.checkopen(1, handle).id, 2, ...)
end

function methods.__tostring(handle)
  return file.tostring(file.check(1, handle))
end

function methods.__gc(handle)
  local found = file.check(1, handle)
  if not found.closed and not found.standard then
    file.close(found)
  end
end

return methods
