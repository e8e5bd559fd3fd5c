local function hot(n)
  local sum = 0
  for i = 1, n do
    sum = sum + i

    sum = sum * 1
  end
  return sum
end
local function other()
  return hot(1)
end
hot(3)
hot(2)
other()
string.rep("x", 2)
return hot(1)
