-- Calls in a program that was deep once: its stack has grown.
local function depth(n)
  if n == 0 then
    return 0
  end
  return 1 + depth(n - 1)
end
assert(depth(150) == 150)

local function identity(x) return x end
local sum = 0
for i = 1, 1000000 do
  sum = sum + identity(i) % 3
end
assert(sum == 1000000)
