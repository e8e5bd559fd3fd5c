-- What C's strftime writes in the locale "C", from the fields of a date.

local abs, floor, format, find, sub, select, concat = abs, floor, format, find, sub, select, concat

local days = { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" }
local months = {
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
}

local function isleap(year)
  return year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
end

-- The week of a day counted from 0, when weeks start on the weekday that is `shift` days after Sunday.
local function week(date, shift)
  return floor((date.yday - 1 + 7 - (date.wday - 1 - shift) % 7) / 7)
end

-- ISO 8601: weeks start on Monday, and the first one has the year's first Thursday.
local function isoweek(date)
  local year, yday, weekday = date.year, date.yday - 1, (date.wday + 5) % 7
  local number = floor((yday - weekday + 10) / 7)
  if number < 1 then
    year = year - 1
    number = floor((yday + (isleap(year) and 366 or 365) - weekday + 10) / 7)
  elseif number == 53 and yday - weekday + 3 >= (isleap(year) and 366 or 365) then
    year, number = year + 1, 1
  end
  return year, number
end

local function number(width)
  local pattern = "%0" .. width .. "d"
  return function(value)
    return format(pattern, value)
  end
end

local two, three = number(2), number(3)

local function hour12(date)
  return (date.hour + 11) % 12 + 1
end

-- Years are written as they are, but "%d" takes no float for an integer.
local function plain(value)
  return format("%.0f", value)
end

local function offset(date)
  local minutes = floor(abs(date.offset) / 60)
  return (date.offset < 0 and "-" or "+") .. two(floor(minutes / 60)) .. two(minutes % 60)
end

local strftime

-- A conversion that stands for others.
local function compound(text)
  return function(date)
    return strftime(text, date)
  end
end

local conversions = {
  a = function(date) return sub(days[date.wday], 1, 3) end,
  A = function(date) return days[date.wday] end,
  b = function(date) return sub(months[date.month], 1, 3) end,
  B = function(date) return months[date.month] end,
  c = compound "%a %b %e %H:%M:%S %Y",
  C = function(date) return two(floor(date.year / 100)) end,
  d = function(date) return two(date.day) end,
  D = compound "%m/%d/%y",
  e = function(date) return format("%2d", date.day) end,
  F = compound "%Y-%m-%d",
  g = function(date) return two(isoweek(date) % 100) end,
  G = function(date) return plain((isoweek(date))) end,
  H = function(date) return two(date.hour) end,
  I = function(date) return two(hour12(date)) end,
  j = function(date) return three(date.yday) end,
  m = function(date) return two(date.month) end,
  M = function(date) return two(date.min) end,
  n = function() return "\n" end,
  p = function(date) return date.hour < 12 and "AM" or "PM" end,
  r = compound "%I:%M:%S %p",
  R = compound "%H:%M",
  S = function(date) return two(date.sec) end,
  t = function() return "\t" end,
  T = compound "%H:%M:%S",
  u = function(date) return plain((date.wday + 5) % 7 + 1) end,
  U = function(date) return two(week(date, 0)) end,
  V = function(date) return two((select(2, isoweek(date)))) end,
  w = function(date) return plain(date.wday - 1) end,
  W = function(date) return two(week(date, 1)) end,
  x = compound "%m/%d/%y",
  X = compound "%H:%M:%S",
  y = function(date) return two(date.year % 100) end,
  Y = function(date) return plain(date.year) end,
  z = offset,
  Z = function(date) return date.zone end,
  ["%"] = function() return "%" end,
}
conversions.h = conversions.b

-- With the letters of C99 behind E and O, which change nothing in the locale "C". `invalid` gets the text from
-- a conversion on that there is not.
function strftime(text, date, invalid)
  local parts, from = {}, 1
  while true do
    local start = find(text, "%", from, true)
    if not start then
      break
    end
    parts[#parts + 1] = sub(text, from, start - 1)
    local modified = find(text, "^E[cCxXyY]", start + 1) or find(text, "^O[deHImMSuUVwWy]", start + 1)
    local at = start + (modified and 2 or 1)
    local convert = conversions[sub(text, at, at)]
    if not convert then
      invalid(sub(text, start))
    end
    parts[#parts + 1] = convert(date)
    from = at + 1
  end
  parts[#parts + 1] = sub(text, from)
  return concat(parts)
end

return strftime
