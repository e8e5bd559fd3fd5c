-- The order of traversal, lengths of tables with holes, and the table library.

local function order(t)
  local keys = {}
  for k, v in pairs(t) do
    keys[#keys + 1] = tostring(k) .. "=" .. tostring(v)
  end
  return table.concat(keys, " ")
end

local function try(f, ...)
  print(pcall(f, ...))
end

print(order { 10, 20, 30 })
print(order { 1, nil, 3, x = 1 })
local backwards = {}
for i = 10, 1, -1 do
  backwards[i] = i
end
print(order(backwards))
backwards[4] = nil
print(order(backwards), #backwards)
backwards[4] = "back"
print(order(backwards), #backwards)

-- Fields may be cleared while they are traversed.
local fields = { 1, 2, 3, a = 1, b = 2, c = 3 }
local seen = 0
for k in pairs(fields) do
  fields[k] = nil
  seen = seen + 1
end
print(seen, next(fields), #fields)
local kept = {}
for i = 1, 100 do
  kept[i] = i
  kept["k" .. i] = i
end
for k, v in pairs(kept) do
  if v % 2 == 0 then
    kept[k] = nil
  end
end
local sum, count = 0, 0
for _, v in pairs(kept) do
  sum, count = sum + v, count + 1
end
print(sum, count)
try(next, {}, 1)
try(next, { a = 1 }, "b")
try(next, { 1, 2 }, 3)
try(next)
try(next, {}, nil, 1)

-- Lengths.
print(#{ 1, 2, nil, 4 }, #{ nil, nil, 3, nil }, #{ nil, nil, 3 }, #{ n = 1, nil, 2 }, #{ nil })
print(#table.pack(1, nil, 3), table.pack(1, nil, 3).n, #{ (function() return 1, nil, 3 end)() })
local sparse = {}
sparse[1], sparse[2], sparse[4] = 1, 2, 4
print(#sparse)
local random = 7
for round = 1, 40 do
  local t, lengths = {}, {}
  for _ = 1, round * 3 do
    random = (random * 75 + 74) % 65537
    local key = random % (round + 3) + 1
    t[key] = random % 4 > 0 and key or nil
    lengths[#lengths + 1] = #t
  end
  -- lua5.3 reuses the place of a removed key only by chance, so the table is filled anew.
  local again = {}
  for i = 1, round + 3 do
    if t[i] then
      again[i] = i
    end
  end
  -- The keys of the hash part come in an order of their own.
  local present = {}
  for k in pairs(again) do
    present[#present + 1] = k
  end
  table.sort(present)
  print(round, #again, table.concat(present, " "))
end
local queue, first, last = {}, 1, 0
for i = 1, 3000 do
  last = last + 1
  queue[last] = i
  if i > 5 then
    queue[first] = nil
    first = first + 1
  end
end
print(first, last, queue[first], queue[last], queue[first - 1], next(queue) ~= nil)
local stack = {}
for i = 1, 100 do
  stack[#stack + 1] = i
  stack[#stack + 1] = i
  stack[#stack] = nil
end
print(#stack, stack[#stack])

-- Keys.
local keys = {}
keys[1.0], keys[2 ^ 20], keys[-0.0] = "one", "power", "zero"
print(keys[1], keys[1048576], keys[0], math.type(next { [1.0] = 1 }))
keys["\1\35"] = "a"
print(keys["\18\3"], rawequal("\1\35", "\18\3"))
try(function() keys[nil] = 1 end)
try(function() keys[0 / 0] = 1 end)
try(function() return keys[nil] end)
try(function() return keys[0 / 0] end)
try(rawset, keys, nil, 1)

-- The table library.
try(table.concat, { 1, 2.5, "x" }, ", ")
try(table.concat, { 1, {}, 3 })
try(table.concat, { 1, 2 }, ",", 1, 3)
try(table.concat, { 1, 2, 3 }, 0, 2, 3)
try(table.concat, { [2147483647] = "last" }, "-", 2147483647, 2147483647)
try(table.concat, "x")
try(table.insert, { 1, 2, 3 }, 5, "x")
try(table.insert, { 1, 2, 3 }, 0, "x")
try(table.insert, { 1, 2, 3 }, 1.5, "x")
try(table.insert, { 1 }, 1, 2, 3)
try(table.insert, { 1 })
try(table.insert, nil, 1)
try(table.insert, { 1 }, "x", 1)
try(table.remove, { 1, 2, 3 }, 5)
try(table.remove, { 1, 2, 3 }, 4)
try(table.remove, { 1, 2, 3 }, 0)
try(table.remove, {}, 0)
try(table.remove, {})
try(table.remove, { [0] = "zero" }, 0)
try(table.remove, { 1, 2, 3 }, 1)
try(table.unpack, { 1, 2, 3 }, 2)
try(table.unpack, { 1, 2, 3 }, 2, 5)
try(table.unpack, { 1, 2 }, 3)
try(table.unpack, {}, 1, 1e7)
try(table.unpack, {}, -2147483647, 2147483647)
try(table.unpack, {}, 2147483640, 2147483641)
try(table.unpack)
try(function() return #table.move({ 1, 2, 3 }, 1, 3, 2) end)
try(function() return table.concat(table.move({ 1, 2, 3 }, 2, 3, 1), ",") end)
try(function() return table.concat(table.move({ 1, 2, 3 }, 1, 3, 3, { 9, 9 }), ",") end)
try(table.move, {}, 1, 2, "x")
try(table.move, {}, 1, 2)
try(table.move, 1, 1, 2, 3)
print(table.move({ 1 }, 1, 0, 5)[5])

local function sorted(t, less)
  table.sort(t, less)
  return table.concat(t, " ")
end
try(sorted, { 3, 1, 2 })
try(sorted, { "b", "a", "B", "\200", "a\n", "a " })
try(sorted, { 3, 1, 2 }, function(a, b) return a > b end)
try(sorted, { 1, "x" })
try(sorted, { {}, {} })
try(sorted, { 1, 2, 3 }, 1)
try(sorted, { 1, 2, 3, 4, 5 }, function() return true end)
try(sorted, { 1, 2, 3 }, function() error "from the order" end)
try(table.sort, setmetatable({}, { __len = function() return "x" end }))
try(table.sort, setmetatable({}, { __len = function() return 2147483647 end }))

-- Metamethods are respected.
local proxy = setmetatable({}, {
  __len = function() return 3 end,
  __index = function(_, k) return k * 10 end,
  __newindex = function(_, k, v) print("set", k, v) end,
})
try(table.concat, proxy, ",")
try(table.unpack, proxy)
try(table.insert, proxy, "x")
try(table.remove, proxy)
print(pcall(ipairs))
for i, v in ipairs(setmetatable({}, { __index = function(_, k) return k < 4 and k or nil end })) do
  io.write(i, ":", v, " ")
end
print()
for k, v in ipairs(setmetatable({}, { __ipairs = function(t) return next, { x = "ipairs" }, nil end })) do
  print(k, v)
end
for k, v in pairs(setmetatable({}, { __pairs = function() return next, { y = "pairs" }, nil end })) do
  print(k, v)
end
print(select("#", ipairs {}), select(3, ipairs {}), select("#", pairs {}))
try(select, 0)
try(select, -1, 1, 2)
try(select, -5, 1)
print(select("#", 1, nil, nil), select(2, "a", "b", "c"), (select(-1, "a", "b")))
try(rawlen, 5)
print(rawlen { 1, 2 }, rawlen "abc", rawequal("a", "a"), rawget(proxy, 1))
