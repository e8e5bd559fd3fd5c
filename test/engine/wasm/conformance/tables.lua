-- Tables, the table library, and iteration. What table.remove says of positions differs between releases of 5.4.

local unpack = table.unpack or unpack
local function try(name, ...)
  local f = table[name] or name == "unpack" and unpack
  if not f then return print(name, "is not there") end
  local results = { pcall(f, ...) }
  for i = 1, 6 do
    local value = results[i]
    results[i] = type(value) == "table" and "table" or tostring(value)
  end
  print(name, unpack(results))
end

local function show(list)
  local parts = {}
  for i = 1, 12 do parts[i] = tostring(list[i]) end
  print(#list, table.concat(parts, " "))
end

local list = {}
for i = 1, 10 do table.insert(list, 1, i) end
show(list)
table.insert(list, 5, "five")
show(list)
print(table.remove(list), table.remove(list, 1), table.remove(list, 4), table.remove({}), table.remove({}, 0))
show(list)
table.sort(list, function(a, b) return tostring(a) > tostring(b) end)
show(list)
try("insert", {})
try("insert", {}, 1, 2, 3)
try("insert", {}, 5, 2)
try("insert", {}, 0, 2)
try("insert", 1, 2)
try("insert", {}, "x", 2)
try("remove", { 1, 2 }, 3)
try("remove", nil)
try("concat", { 1, 2, 3 }, ", ")
try("concat", { 1, 2, 3 }, ", ", 2)
try("concat", { 1, 2, 3 }, ", ", 2, 3)
try("concat", { 1, 2.5, "x" })
try("concat", {}, "x")
try("concat", { 1, 2, 3 }, 0, 3, 2)
try("concat", 1)
try("concat", {}, {})
try("sort", { 3, 1, 2 }, 5)
try("sort", { 3, "x", 2 })
try("sort", { 1, 2, 3, 4, 5, 6 }, function() return true end)
try("sort", { {}, {} })
try("unpack", { 1, 2, 3 })
try("unpack", { 1, 2, 3 }, 2)
try("unpack", { 1, 2, 3 }, -1, 1)
try("unpack", {}, 1, 1e8)
try("unpack", 1)
try("pack", 1, nil, 3)
try("getn", { 1, 2 })
try("maxn", { 1, 2, [10] = 1 })
try("foreach", { 1 }, print)
try("foreachi", { 1 }, print)
try("setn", {}, 1)
try("move", { 1, 2, 3 }, 1, 3, 2)
try("move", { 1, 2, 3 }, 1, 3, 1, {})
try("create", 10)
if table.pack then print(table.pack(1, nil, nil).n) end
if table.move then show(table.move({ 1, 2, 3, 4, 5 }, 2, 5, 1)) show(table.move({ 1, 2, 3 }, 1, 3, 3)) end

math.randomseed(42)
local numbers = {}
for i = 1, 200 do numbers[i] = (i * 7919) % 1009 end
table.sort(numbers)
local sorted = true
for i = 2, #numbers do sorted = sorted and numbers[i - 1] <= numbers[i] end
print(sorted, numbers[1], numbers[200])

for _, key in ipairs { "nil", "nan" } do
  print(pcall(function() local t = {} if key == "nil" then t[nil] = 1 else t[0 / 0] = 1 end end))
end
print(pcall(next, {}, "missing"), pcall(next), pcall(ipairs), pcall(pairs, nil), pcall(rawset, {}, nil, 1), pcall(rawget, 1, 1))
print(next({}), next({ 5 }), type(next), select("#", next({})))
print(#"abc", #{ 1, 2, nil, 4 } >= 2, #{ n = 1 }, #{ nil }, #{ nil, 2 } >= 0)
for i, v in ipairs { 1, 2, nil, 4 } do io.write(i, "=", v, " ") end
print()
local keyed = { 1, 2, 3, x = 1, y = 2, [2.5] = 3, [true] = 4, [-1] = 5 }
local count, sum = 0, 0
for _, v in pairs(keyed) do count, sum = count + 1, sum + v end
print(count, sum, rawequal(keyed, keyed), rawget(keyed, "x"), rawlen and rawlen(keyed))
for k in pairs(keyed) do keyed[k] = nil end
print(next(keyed))
local t = { 10, 20, 30 }
t[1.0], t[2 ^ 53] = "one", "large"
print(t[1], t[2 ^ 53], #t, t["1"])
print(pcall(function() for _ in pairs { 1, 2 } do error "in the loop" end end))
print(pcall(function() for i = 1, 10, 0 do error "never" end end))
print(pcall(function() for i = "a", 10 do end end), pcall(function() for i = 1, {} do end end), pcall(function() for i = 1, 2, "x" do end end))
for i = 3, 1, -1 do io.write(i, " ") end
for i = 1, 2, 0.5 do io.write(i, " ") end
for i = 1, 0 do io.write "never" end
for i = 1.0, 3 do io.write(i, " ") end
print()
print(select("#"), select("#", nil, nil), select(-1, 1, 2, 3), select(2, "a", "b", "c"), pcall(select, 0), pcall(select, -5, 1), pcall(select, "x"))
