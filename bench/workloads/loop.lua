-- A hot numeric loop: next to nothing but line events.
local sum = 0
for i = 1, 6000000 do
  local x = i % 7
  if x > 3 then
    sum = sum + x
  else
    sum = sum - x
  end
end
assert(sum ~= 0)
