-- Reads sums such as "1 + 2 - 3" by a grammar in LPeg, which is a module in C.
local lpeg = require "lpeg"

local space = lpeg.S " \t" ^ 0
local number = lpeg.C(lpeg.R "09" ^ 1) * space / tonumber
local sign = lpeg.C(lpeg.S "+-") * space

local function apply(left, operator, right)
  if operator == "+" then return left + right end
  return left - right
end

local sum = space * lpeg.Cf(number * lpeg.Cg(sign * number) ^ 0, apply) * -1

return function(text)
  local value = sum:match(text)
  if not value then return nil, "not a sum: " .. text end
  return value
end
