-- The os library, but for os.exit, which only the engine can do.

local host = ...

local check = host.import "host/check"
local strftime = host.import "host/strftime"
local sys, raise = host.sys, host.raise
local type, tonumber, abs, sub = type, tonumber, abs, sub

local MAX_YEAR = 2 ^ 31 - 1 + 1900
local MAX_FIELD = (2 ^ 31 - 2) / 2

local library = {}

function library.clock()
  return sys.clock() + 0.0
end

function library.difftime(a, b)
  return check.integer(1, a) - check.integer(2, b) + 0.0
end

function library.execute(command)
  if command == nil then
    return true
  end
  return check.execresult(sys.run(check.string(1, command)))
end

function library.getenv(name)
  return (sys.getenv(check.cstring(check.string(1, name))))
end

function library.remove(name)
  name = check.string(1, name)
  local ok, message, errno = sys.remove(name)
  if not ok then
    return check.failure(message, errno, name)
  end
  return true
end

function library.rename(from, to)
  local ok, message, errno = sys.rename(check.string(1, from), check.string(2, to))
  if not ok then
    return check.failure(message, errno)
  end
  return true
end

function library.tmpname()
  return sys.temporaryName() or raise "unable to generate a unique filename"
end

function library.setlocale(locale, category)
  locale = check.optstring(1, locale, nil)
  check.option(2, category, "all", { "all", "collate", "ctype", "monetary", "numeric", "time" })
  if locale == nil or locale == "" or locale == "C" or locale == "POSIX" then
    return "C"
  end
  return nil
end

local function setfields(target, date)
  target.sec = date.sec
  target.min = date.min
  target.hour = date.hour
  target.day = date.day
  target.month = date.month
  target.year = date.year
  target.wday = date.wday
  target.yday = date.yday
  target.isdst = date.isdst
end

local function checkyear(date)
  if not (abs(date.year) <= MAX_YEAR) then
    raise("time result cannot be represented in this installation")
  end
end

function library.date(text, time)
  text = check.optstring(1, text, "%c")
  time = time == nil and sys.time() or check.integer(2, time)
  local utc = sub(text, 1, 1) == "!"
  text = utc and sub(text, 2) or text
  local date = utc and sys.utcTime(time) or sys.localTime(time)
  checkyear(date)
  if check.cstring(text) == "*t" then
    local fields = {}
    setfields(fields, date)
    return fields
  end
  return strftime(text, function(letter)
    return sys.formatTime(letter, time, utc)
  end, function(rest)
    host.argerror(1, "invalid conversion specifier '" .. check.cstring(rest) .. "'")
  end)
end

-- A field of the argument of os.time; without a default it has to be there.
local function field(date, name, default)
  local value = date[name]
  local number = (type(value) == "number" or type(value) == "string") and tonumber(value)
  if not number or number % 1 ~= 0 then
    if value ~= nil then
      raise("field '" .. name .. "' is not an integer")
    elseif not default then
      raise("field '" .. name .. "' missing in date table")
    end
    return default
  end
  if abs(number) > MAX_FIELD then
    raise("field '" .. name .. "' is out-of-bound")
  end
  return number
end

function library.time(date)
  if date == nil then
    return sys.time()
  end
  if type(date) ~= "table" then
    host.typeerror(1, "table")
  end
  local sec, min, hour = field(date, "sec", 0), field(date, "min", 0), field(date, "hour", 12)
  local day, month, year = field(date, "day"), field(date, "month"), field(date, "year")
  local isdst = date.isdst
  if isdst ~= nil then
    isdst = isdst and true
  end
  local time = sys.makeTime(year, month, day, hour, min, sec, isdst)
  local normal = sys.localTime(time)
  checkyear(normal)
  setfields(date, normal)
  return time
end

return library
