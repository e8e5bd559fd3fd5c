-- File handles: userdata with the metatable FILE*, whose value is { id = the number of a stream, … }. The
-- standard ones, which cannot be closed, have the field `standard`.

local host = ...

local check = host.import "host/check"
local sys, value = host.sys, host.value

local file = {}
local metatable = host.metatable "FILE*"

function file.new(id)
  return host.userdata(metatable, { id = id })
end

-- The other end of a pipe is a command, whose status closing the handle returns.
function file.newpipe(id)
  return host.userdata(metatable, { id = id, pipe = true })
end

-- The stream of a handle, nil for any other value. A closed one has the field `closed`.
function file.stream(handle)
  return value(handle, metatable)
end

function file.check(n, handle)
  local stream = value(handle, metatable)
  if not stream then
    host.typeerror(n, "FILE*")
  end
  return stream
end

function file.checkopen(n, handle)
  local stream = file.check(n, handle)
  if stream.closed then
    host.raise "attempt to use a closed file"
  end
  return stream
end

function file.close(stream)
  if stream.standard then
    return nil, "cannot close standard file"
  end
  stream.closed = true
  if stream.pipe then
    return check.execresult(sys.closePipe(stream.id))
  end
  local ok, message, errno = sys.close(stream.id)
  if not ok then
    return check.failure(message, errno)
  end
  return true
end

function file.tostring(stream)
  if stream.closed then
    return "file (closed)"
  end
  return format("file (0x%08x)", 0x5a000000 + stream.id * 480)
end

return file
