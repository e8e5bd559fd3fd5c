-- What `write` and `flush` do.

local host = ...

local check = host.import "host/check"
local sys = host.sys
local select, type, tostring, mathtype = select, type, tostring, mathtype

local stream = {}

-- Floats are written with "%.14g": unlike what tostring makes of them, without ".0".
local function numeral(number)
  if mathtype(number) == "integer" then
    return tostring(number)
  end
  return sys.numeral(number)
end

-- Writes the arguments, of which the first is argument `first`, and returns the handle.
function stream.write(handle, id, first, ...)
  for i = 1, select("#", ...) do
    local value = select(i, ...)
    local kind = type(value)
    if kind == "number" then
      value = numeral(value)
    elseif kind ~= "string" then
      host.typeerror(first + i - 1, "string")
    end
    local ok, message, errno = sys.write(id, value)
    if not ok then
      return check.failure(message, errno)
    end
  end
  return handle
end

function stream.flush(id)
  local ok, message, errno = sys.flush(id)
  if not ok then
    return check.failure(message, errno)
  end
  return true
end

return stream
