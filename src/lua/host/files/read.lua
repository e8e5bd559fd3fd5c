-- The formats of `read` and `lines`.

local host = ...

local check = host.import "host/check"
local sys = host.sys
local select, type, tonumber, unpack = select, type, tonumber, unpack
local char, find, sub, concat = char, find, sub, concat

local MAX_NUMERAL = 200

-- A numeral as liolib.c takes it off the stream, byte by byte, before anyone asks whether it is one.
local function reader(id)
  local numeral = { length = 0 }
  local next, message, errno = sys.peek(id)
  numeral.message, numeral.errno = message, errno
  while next and find(char(next), "%s") do
    sys.read(id, 1)
    next = sys.peek(id)
  end

  local function take()
    if numeral.length >= MAX_NUMERAL then
      numeral.invalid = true
      return false
    end
    numeral.length = numeral.length + 1
    numeral[numeral.length] = char(next)
    sys.read(id, 1)
    next = sys.peek(id)
    return true
  end

  -- Takes a byte that is in the set.
  function numeral.test(set)
    return next ~= nil and find(set, char(next), 1, true) ~= nil and take()
  end

  function numeral.digits(class)
    local count = 0
    while next and find(char(next), class) and take() do
      count = count + 1
    end
    return count
  end

  return numeral
end

local function readnumber(id)
  local numeral = reader(id)
  local count, class, exponent = 0, "%d", "eE"
  numeral.test "-+"
  if numeral.test "0" then
    if numeral.test "xX" then
      class, exponent = "%x", "pP"
    else
      count = 1
    end
  end
  count = count + numeral.digits(class)
  if numeral.test "." then
    count = count + numeral.digits(class)
  end
  if count > 0 and numeral.test(exponent) then
    numeral.test "-+"
    numeral.digits "%d"
  end
  local found = not numeral.invalid and tonumber(concat(numeral)) or nil
  return found, numeral.message, numeral.errno
end

-- Zero bytes are the test for the end of the file.
local function readcount(id, count)
  if count > 0 then
    return sys.read(id, count)
  end
  local byte, message, errno = sys.peek(id)
  if byte then
    return ""
  end
  return nil, message, errno
end

local formats = {
  n = readnumber,
  l = function(id)
    return sys.readLine(id, false)
  end,
  L = function(id)
    return sys.readLine(id, true)
  end,
  a = function(id)
    return sys.readAll(id)
  end,
}

local function readformat(id, n, format)
  if type(format) == "number" then
    return readcount(id, check.integer(n, format))
  end
  local name = check.string(n, format)
  local letter = sub(name, 1, 1) == "*" and sub(name, 2, 2) or sub(name, 1, 1)
  local read = formats[letter]
  if not read then
    host.argerror(n, "invalid format")
  end
  return read(id)
end

-- Reads what the formats ask for, until one finds nothing; the first of them is argument `first`.
local function read(id, first, ...)
  local count = select("#", ...)
  if count == 0 then
    return sys.readLine(id, false)
  end
  local results, last = {}, 0
  for i = 1, count do
    local found, message, errno = readformat(id, first + i - 1, (select(i, ...)))
    if message then
      return nil, message, errno
    end
    last = i
    results[i] = found
    if found == nil then
      break
    end
  end
  return unpack(results, 1, last)
end

return read
