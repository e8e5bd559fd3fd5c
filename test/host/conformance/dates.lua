-- Dates, in the time zone of the variable TZ.

local conversions = "aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%"
local times = {
  0, 1, 86399, 86400, 951782400, 951868800, 1078012800, 1230768000, 1293840000, 1325375999, 1356998400,
  1483228799, 1483228800, 1609459200, 1616893199, 1616893200, 1635641999, 1635642000, 1635645600, 1700000000,
  -1, -86400, -1000000000, -2000000000, 2000000000, 2147483647, -2147483647,
}
for _, time in ipairs(times) do
  for letter in conversions:gmatch(".") do
    io.write(os.date("%" .. letter, time), "|", os.date("!%" .. letter, time), "|")
  end
  io.write("\n")
end
for year = 1969, 2037 do
  for _, day in ipairs { 1, 2, 3, 4, 5, 6, 7 } do
    local time = os.time { year = year, month = 1, day = day }
    io.write(os.date("%G-W%V-%u %g %U %W %j ", time), os.date("%G-W%V-%u %U %W %j", time - 4 * 86400), "\n")
  end
end
for _, modified in ipairs { "%Ec", "%EC", "%Ex", "%EX", "%Ey", "%EY", "%Od", "%Oe", "%OH", "%OI", "%Om", "%OM", "%OS", "%Ou", "%OU", "%OV", "%Ow", "%OW", "%Oy" } do
  io.write(modified, " ", os.date(modified, 1e9), "\n")
end
for _, bad in ipairs { "%", "%Q", "%E", "%Ez", "%O", "%Oc", "abc %", "%k", "%l", "%P", "%s", "%5d", "%-d", "%+", "% " } do
  print(bad, pcall(os.date, bad, 0))
end
print(os.date("plain", 0), os.date("", 0), os.date("!", 0), os.date("%%%%", 0))
print(#os.date("a\0b%d\0", 0), os.date("!%c", 0), os.date("!%H", "3600"))
print(pcall(os.date, "%c", "x"))
print(pcall(os.date, "%c", 1.5))
print(pcall(os.date, {}, 1))
print(pcall(os.date, "*t", 2^60))

local function shown(date)
  local names = {}
  for name, value in pairs(date) do names[#names + 1] = name .. "=" .. tostring(value) end
  table.sort(names)
  return table.concat(names, " ")
end
for _, time in ipairs(times) do
  print(shown(os.date("*t", time)))
  print(shown(os.date("!*t", time)))
end
print(type(os.date("*t").year), type(os.date()))

-- Every hour around the changes of summer time, there and back.
for _, start in ipairs { 1616800000, 1635550000, 1615600000, 1636150000, 1600000000 } do
  for hour = 0, 60 do
    local time = start + hour * 3600
    local date = os.date("*t", time)
    local back = os.time(date)
    date.isdst = nil
    io.write(time, " ", back, " ", os.time(date), " ", date.hour, " ", tostring(date.isdst), "\n")
  end
end

-- Local times that happen twice, never, or are out of range.
local function normalised(date)
  local time = os.time(date)
  print(time, shown(date))
end
for _, isdst in ipairs { "nil", "true", "false" } do
  local value = ({ ["true"] = true, ["false"] = false })[isdst]
  for _, day in ipairs { { 2021, 3, 28 }, { 2021, 10, 31 }, { 2021, 3, 14 }, { 2021, 11, 7 }, { 2021, 4, 4 }, { 2021, 10, 3 }, { 2021, 7, 1 }, { 2021, 1, 1 } } do
    for hour = 0, 4 do
      normalised { year = day[1], month = day[2], day = day[3], hour = hour, min = 30, isdst = value }
    end
  end
end
normalised { year = 2020, month = 1, day = 1 }
normalised { year = 2020, month = 14, day = 1 }
normalised { year = 2020, month = -10, day = 40, hour = -5, min = 1000, sec = -100000 }
normalised { year = 2020, month = 1, day = 0, hour = 0, min = 0, sec = 3600 }
normalised { year = 2019, month = 2, day = 29 }
normalised { year = 2020, month = 2, day = 29, sec = 61 }
normalised { year = "2020", month = "2", day = "3" }
normalised { year = 1970, month = 1, day = 1, hour = 12 }
normalised { year = 1960, month = 6, day = 15, hour = 3 }
normalised { year = 2037, month = 12, day = 31, hour = 23 }
normalised { year = 2020.0, month = 3.0, day = 1.0 }
print(pcall(os.time, {}))
print(pcall(os.time, { year = 2020 }))
print(pcall(os.time, { year = 2020, month = 1 }))
print(pcall(os.time, { year = 2020, month = 1, day = "x" }))
print(pcall(os.time, { year = 2020, month = 1.5, day = 1 }))
print(pcall(os.time, { year = 2020, month = 1, day = {} }))
print(pcall(os.time, { year = 2020, month = 1, day = 1, hour = 2^31 }))
print(pcall(os.time, { year = 2^31, month = 1, day = 1 }))
print(pcall(os.time, 1))
print(pcall(os.time, "x"))
print(os.time(setmetatable({}, { __index = { year = 2001, month = 9, day = 9, hour = 1 } })))
local ok, message = pcall(os.time, setmetatable({}, { __index = function(_, name) error("no " .. name) end }))
print(ok, message)
print(os.difftime(10, 5), pcall(os.difftime, 1), pcall(os.difftime))
print(type(os.clock()), math.type(os.clock()), math.type(os.time()), os.clock() < 10)
print(math.abs(os.time() - os.time(os.date("*t"))) <= 1)
