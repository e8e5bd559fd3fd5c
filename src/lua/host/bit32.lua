-- Lua 5.2's library of operations on 32 bits, which Debian's 5.3 has, too. Its results are never negative.

local host = ...

local check = host.import "host/check"
local sys = host.sys
local select, floor = select, floor

local library = {}

-- The argument modulo 2^32.
local function bits(n, value)
  local number = check.number(n, value)
  return floor(number) % 4294967296
end

local function fold(operation, initial, ...)
  local result = initial
  for i = 1, select("#", ...) do
    result = operation(result, bits(i, (select(i, ...))))
  end
  return result
end

function library.band(...)
  return fold(sys.band, 4294967295, ...)
end

function library.bor(...)
  return fold(sys.bor, 0, ...)
end

function library.bxor(...)
  return fold(sys.bxor, 0, ...)
end

function library.btest(...)
  return fold(sys.band, 4294967295, ...) ~= 0
end

function library.bnot(value)
  return 4294967295 - bits(1, value)
end

local function shifted(value, count)
  if count <= -32 or count >= 32 then
    return 0
  elseif count >= 0 then
    return value * 2 ^ count % 4294967296
  end
  return floor(value / 2 ^ -count)
end

function library.lshift(value, count)
  return sys.integer(shifted(bits(1, value), check.integer(2, count)))
end

function library.rshift(value, count)
  return sys.integer(shifted(bits(1, value), -check.integer(2, count)))
end

-- The sign moves in from the left.
function library.arshift(value, count)
  value, count = bits(1, value), check.integer(2, count)
  if count < 0 or value < 2147483648 then
    return sys.integer(shifted(value, -count))
  elseif count >= 32 then
    return sys.integer(4294967295)
  end
  return sys.integer(shifted(value, -count) + 4294967296 - 2 ^ (32 - count))
end

local function rotated(value, count)
  count = count % 32
  return sys.integer(shifted(value, count) + (count == 0 and 0 or shifted(value, count - 32)))
end

function library.lrotate(value, count)
  return rotated(bits(1, value), check.integer(2, count))
end

function library.rrotate(value, count)
  return rotated(bits(1, value), -check.integer(2, count))
end

local function checkfield(n, field, width)
  field, width = check.integer(n, field), check.optinteger(n + 1, width, 1)
  if field < 0 then
    host.argerror(n, "field cannot be negative")
  elseif width <= 0 then
    host.argerror(n + 1, "width must be positive")
  elseif field + width > 32 then
    host.raise "trying to access non-existent bits"
  end
  return field, width
end

function library.extract(value, field, width)
  value = bits(1, value)
  field, width = checkfield(2, field, width)
  return sys.integer(shifted(value, -field) % 2 ^ width)
end

function library.replace(value, replacement, field, width)
  value, replacement = bits(1, value), bits(2, replacement)
  field, width = checkfield(3, field, width)
  local old = shifted(value, -field) % 2 ^ width
  return sys.integer(value + (replacement % 2 ^ width - old) * 2 ^ field)
end

return library
