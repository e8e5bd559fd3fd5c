local mt = {}
mt.__index = function(_, key)
  return key .. "!"
end
mt.__add = function(a, b)
  local sum = a.n + b.n
  return sum
end
mt.__newindex = function(t, key, value)
  rawset(t, key, value + 1)
end
local x, y = setmetatable({ n = 1 }, mt), setmetatable({ n = 2 }, mt)
local sum = x + y
local field = x.name
x.count = 1
sum = #field + x.count
