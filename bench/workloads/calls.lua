-- Function calls: recursion, closures and methods.
local function fibonacci(n)
  if n < 2 then
    return n
  end
  return fibonacci(n - 1) + fibonacci(n - 2)
end

local Counter = {}
Counter.__index = Counter

function Counter:add(n)
  self.value = self.value + n
  return self
end

local counter = setmetatable({ value = 0 }, Counter)
local twice = function(f, x) return f(f(x)) end
for i = 1, 300000 do
  counter:add(i):add(-1)
  counter.value = twice(function(x) return x + 1 end, counter.value)
end
assert(fibonacci(27) == 196418)
