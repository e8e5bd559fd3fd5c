local function range(last)
  local at = 0
  return function()
    at = at + 1
    if at <= last then
      return at
    end
  end
end
local total = 0
for each in range(2) do
  total = total + each
end
for key, value in pairs { one = 1 } do
  total = total + value
end
return total
