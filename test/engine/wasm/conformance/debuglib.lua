-- The debug library.

local function show(info)
  local keys = {}
  for key, value in pairs(info) do keys[#keys + 1] = key .. "=" .. (type(value) == "function" and "function" or type(value) == "table" and "table" or tostring(value)) end
  table.sort(keys)
  print(table.concat(keys, " "))
end

local up1, up2 = 1, 2
local function f(a, b, ...)
  local c = a
  do local d = b end
  show(debug.getinfo(1, "nSlutr") or {})
  for i = 1, 5 do print(i, debug.getlocal(1, i)) end
  print(debug.getlocal(1, -1), debug.getlocal(1, -2))
  return up1, up2, c
end
local ok, message = pcall(f, 1, 2, "x", "y")
if not ok then print(message) end
for _, what in ipairs { "n", "S", "l", "u", "f", "L", "t" } do
  local good, info = pcall(debug.getinfo, f, what)
  if good then show(info) else print(info) end
end
show(debug.getinfo(print))
show(debug.getinfo(1, "S"))
print(debug.getinfo(100), pcall(debug.getinfo), pcall(debug.getinfo, 1, "X"), pcall(debug.getinfo, {}), pcall(debug.getinfo, 1, ">"))
print(debug.getupvalue(f, 1), debug.getupvalue(f, 2), debug.getupvalue(f, 10), debug.getupvalue(print, 1), pcall(debug.getupvalue, 1, 1))
local function own() return up2 end
print(debug.setupvalue(own, 1, "changed"), up1, up2, debug.setupvalue(own, 10, 1))
local function g() local x, y = 1, 2 debug.setlocal(1, 1, "set") return x, y, debug.setlocal(1, 10, 1) end
print(g())
print(pcall(debug.getlocal, 100, 1), pcall(debug.setlocal, 100, 1, 1), pcall(debug.getlocal, f, 1), pcall(debug.getlocal, print, 1))
print(debug.getmetatable("").__index == string, debug.getmetatable(1), debug.setmetatable(10, { __index = function(n, k) return k .. n end }) == 10, (5).x, debug.setmetatable(10, nil) == 10)
print(type(debug.getregistry()), debug.getregistry() == debug.getregistry())
if debug.getuservalue then print(debug.getuservalue(io.stdout), pcall(debug.setuservalue, 1, 2)) end
if debug.upvalueid then
  local function one() return up1 end
  local function two() return up1, up2 end
  print(debug.upvalueid(one, 1) == debug.upvalueid(two, 1), debug.upvalueid(one, 1) == debug.upvalueid(two, 2))
  debug.upvaluejoin(one, 1, two, 2)
  print(one(), pcall(debug.upvaluejoin, one, 5, two, 1), pcall(debug.upvalueid, one, 5))
end
if debug.setfenv then print(debug.getfenv(f) == _G, debug.setfenv(f, _G) == f) end

local events = {}
local function watch(mask, count, action)
  events = {}
  debug.sethook(function(event, line) events[#events + 1] = event .. (line and ":" .. line or "") end, mask, count)
  action()
  debug.sethook()
  print(mask, #events > 0, table.concat(events, " ", 1, math.min(#events, 30)))
end
local function callee(n) if n > 0 then return callee(n - 1) end end
watch("c", 0, function() callee(2) print("in hook") end)
watch("r", 0, function() callee(1) end)
watch("cr", 0, function() local t = tostring(1) end)
watch("l", 0, function()
  local x = 1
  for i = 1, 2 do
    x = x + i
  end
  if x then x = nil end
end)
watch("l", 0, function() local x = 1; local y = 2
  return x +
    y end)
events = {}
debug.sethook(function(event) events[#events + 1] = event end, "", 100)
for i = 1, 1000 do local x = i * 2 end
print(debug.gethook() ~= nil, select(2, debug.gethook()), select(3, debug.gethook()))
debug.sethook()
print(#events > 10, events[1], debug.gethook())
print(coroutine.resume(coroutine.create(function()
  debug.sethook(function() error "from the hook" end, "l")
  local x = 1
  return x
end)))
local co = coroutine.create(function(a) local b = a coroutine.yield(b) end)
coroutine.resume(co, "value")
print(debug.getlocal(co, 1, 1), debug.getlocal(co, 1, 2))
show(debug.getinfo(co, 1, "Sl"))
print(debug.getinfo(co, 5), debug.getinfo(co, 0, "n") ~= nil)
local names = {}
local object = { method = function() names[#names + 1] = debug.getinfo(1, "n").name or "?" names[#names + 1] = debug.getinfo(1, "n").namewhat end }
object.method() object:method() local alias = object.method alias() ;(object.method)() global_alias = alias global_alias() pcall(alias)
print(table.concat(names, " "))
