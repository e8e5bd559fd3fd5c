local function worker(name)
  for round = 1, 2 do
    local got = coroutine.yield(name .. round)
    if got == "die" then
      error("dead " .. name)
    end
  end
  return name
end
local a = coroutine.create(worker)
local b = coroutine.wrap(worker)
local c = coroutine.create(worker)
coroutine.resume(a, "a")
b("b")
coroutine.resume(c, "c")
local ok, message = coroutine.resume(a)
ok, message = coroutine.resume(c, "die")
b()
message = "end"
