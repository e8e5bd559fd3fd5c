local function factorial(n)
  if n == 0 then
    return 1
  end
  local below = factorial(n - 1)
  return n * below
end

local result = factorial(2)
print(result)
