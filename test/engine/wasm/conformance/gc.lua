-- Weak tables, finalizers, and the collector.

local function collect() collectgarbage() collectgarbage() end
local function count(t) local n = 0 for _ in pairs(t) do n = n + 1 end return n end
for _, mode in ipairs { "k", "v", "kv", "" } do
  local weak = setmetatable({}, { __mode = mode })
  local keep = {}
  weak[1], weak[{}], weak[keep], weak.x, weak[print] = {}, 1, keep, {}, {}
  weak["string"], weak[2.5] = "text", true
  collect()
  print(mode, count(weak), weak[keep] == keep, weak.x ~= nil, weak[1] ~= nil, weak.string, weak[2.5])
end
local ephemeron = setmetatable({}, { __mode = "k" })
do local key = {} ephemeron[key] = { key } end
collect()
print("ephemeron", count(ephemeron))

local order = {}
local function finalized(name)
  local metatable = { __gc = function(object) order[#order + 1] = name .. tostring(type(object)) end }
  if newproxy then
    local proxy = newproxy(true)
    getmetatable(proxy).__gc = metatable.__gc
    return proxy
  end
  return setmetatable({}, metatable)
end
do local a, b, c = finalized "a", finalized "b", finalized "c" end
collect()
print(table.concat(order, " "))
local late = setmetatable({}, {})
getmetatable(late).__gc = function() order[#order + 1] = "late" end
late = nil
collect()
print(order[#order])
local resurrected
do
  local object = finalized "again"
  local metatable = getmetatable(object)
  metatable.__gc = function(o) resurrected = o end
  object = nil
end
collect()
print(type(resurrected) ~= "nil")
print(pcall(function() local x = finalized "error" getmetatable(x).__gc = 5 x = nil collect() end))
local count0 = collectgarbage "count"
local big = ("x"):rep(1e6) .. "y"
print(collectgarbage "count" > count0 + 900, type(count0), collectgarbage "count" % 1 >= 0)
big = nil
collect()
print(collectgarbage "count" < count0 + 500)
print(collectgarbage "stop", collectgarbage "restart", collectgarbage("step", 1) ~= nil, pcall(collectgarbage, "isrunning"), pcall(collectgarbage, "nothing"), pcall(collectgarbage, {}))
print(pcall(collectgarbage, "setpause", 200), pcall(collectgarbage, "setstepmul", 200))
print(pcall(collectgarbage, "incremental"), pcall(collectgarbage, "generational"), pcall(collectgarbage, "incremental"))
print(select("#", collectgarbage()), collectgarbage "collect")

local closing = (loadstring or load) [[
local log = {}
local function closer(name) return setmetatable({}, { __close = function(_, e) log[#log + 1] = name .. ":" .. tostring(e) end }) end
do local a <close> = closer "a" local b <close> = closer "b" log[#log + 1] = "body" end
pcall(function() local c <close> = closer "c" error("err", 0) end)
local function f() local d <close> = closer "d" return "returned" end
log[#log + 1] = f()
for i = 1, 2 do local e <close> = closer("e" .. i) if i == 1 then goto continue end break ::continue:: end
local co = coroutine.wrap(function() local g <close> = closer "g" coroutine.yield(1) return 2 end)
co() co()
local open = coroutine.create(function() local h <close> = closer "h" coroutine.yield() end)
coroutine.resume(open) coroutine.close(open)
log[#log + 1] = tostring(select(2, pcall(function() local x <close> = 5 end)))
log[#log + 1] = tostring(select(2, pcall(function() local a <close> = setmetatable({}, { __close = function() error("in close", 0) end }) error("body", 0) end)))
for k in (function() end), nil, nil, closer "for" do end
return table.concat(log, " ")]]
print(closing and closing())
setmetatable(newproxy and {} or {}, { __gc = function() print "at the end" end })
at_end = finalized "x"
getmetatable(at_end).__gc = function() print("closing the state", type(print)) end
