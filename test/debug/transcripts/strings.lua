local inner = ...
local function same(x)
  local y = x
  return y
end
if inner == "inner" then return same end
local file = debug.getinfo(1, "S").source:sub(2)
local methods = getmetatable ""
local again = loadfile(file) "inner"
methods.__index = nil
local known = again(4)
local later = loadfile(file) "inner"
string = nil
return known + later(5)
