-- What host/files/file is elsewhere, over handles of C's: the stream of one is { id = its number }, with the field `closed` if it is.

local host = ...

local iotype = io.type
local file = {}

function file.stream(handle)
  local kind = iotype(handle)
  if kind == "file" then return { id = host.descriptor(handle) } end
  return kind and { closed = true } or nil
end

function file.check(n, handle)
  local stream = handle ~= nil and file.stream(handle)
  if not stream then host.typeerror(n, "FILE*") end
  return stream
end

function file.checkopen(n, handle)
  local stream = file.check(n, handle)
  if stream.closed then host.raise "attempt to use a closed file" end
  return stream
end

return file
