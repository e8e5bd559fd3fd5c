local function worker(n)
  local left = n
  coroutine.yield(left)
  return left
end

local first = coroutine.create(worker)
local second = coroutine.wrap(worker)
coroutine.resume(first, 1)
second(2)
local third = coroutine.create(worker)
print(coroutine.status(third))
