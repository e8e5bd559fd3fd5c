-- Control flow whose line events are easily counted wrong.
dofile(arg[0]:match "^(.*/)" .. "../ordered.lua")
local log = {}
local function note(x) log[#log + 1] = x return x end

repeat local done = note(true) until done
while #log < 3 do note(#log) end
for i = 3, 1, -1 do if i == 2 then note(i) end end
for _, v in ipairs { 1, 2, 3 } do
  if v == 2 then goto continue end
  note(v)
  ::continue::
end

local object = setmetatable({}, {
  __index = function(_, k) return k end,
  __call = function(self, x)
    return self, x
  end,
  __lt = function() return true end,
  __concat = function(a, b)
    return "c"
  end,
})
assert(object.name == "name" and object < object and object .. "x" == "c")
object(1)

local function tail(n)
  if n == 0 then return "done" end
  return tail(n - 1)
end
assert(tail(5) == "done")

local co = coroutine.wrap(function(a)
  for i = 1, 3 do
    a = coroutine.yield(a + i)
  end
  return
    a
end)
for i = 1, 4 do co(i) end

local ok, message = pcall(function()
  local t = nil
  return t.x
end)
assert(not ok and message:match "nil value")
xpcall(function() error "x" end,
  function(m)
    return m
  end)
local chunk = load("local a = ... \n return a", "@generated.lua")
assert(chunk(7) == 7)
local dumped = load(string.dump(function(n)
  return n and
    n + 1
end))
assert(dumped(1) == 2)
table.sort({ 3, 1, 2 }, function(a, b)
  return a < b
end)
local text = ("abc"):gsub("%a", function(c)
  return c:upper()
end)
local chain = ("x")
  :rep(3)
  :upper()
  :sub(1,
    2)
local t = {
  1,
  note(2),
  x = {
    y = note(3),
  },
}
