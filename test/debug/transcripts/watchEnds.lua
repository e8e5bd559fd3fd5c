local function add(x)
  x = x + 1
  return x
end
local a = add(1)
local b = add(2)
local function nested(x)
  x = x + 1
  return x + add(x)
end
local c = nested(3)
return a + b + c
