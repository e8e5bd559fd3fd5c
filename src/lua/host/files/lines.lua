-- The iterators of `lines`.

local host = ...

local file = host.import "host/files/file"
local read = host.import "host/files/read"
local readline = host.sys.readLine
local select, unpack = select, unpack

local MAX_FORMATS = 250

-- The values of one round of `lines`, the first of which is true, or nothing at the end.
local function checkround(stream, closes, first, ...)
  if first then
    return first, ...
  end
  if select("#", ...) > 0 then
    host.raise((...))
  end
  if closes then
    file.close(stream)
  end
end

-- `closes` the stream at its end; the first of the formats is argument `first`.
return function(stream, closes, first, ...)
  local count = select("#", ...)
  if count > MAX_FORMATS then
    host.argerror(MAX_FORMATS + first, "too many arguments")
  end
  local formats = { ... }
  return host.export(function()
    if stream.closed then
      host.raise "file is already closed"
    end
    if count == 0 then
      return checkround(stream, closes, readline(stream.id, false))
    end
    return checkround(stream, closes, read(stream.id, 2, unpack(formats, 1, count)))
  end)
end

