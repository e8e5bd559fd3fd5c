-- Assertions among coroutines, deep and large values, and odd metatables.
local try = dofile(arg[0]:match "^(.*/)" .. "support/try.lua")
local luassert = require "luassert"
local spy, stub, match = require "luassert.spy", require "luassert.stub", require "luassert.match"

local function list(n, last)
  local first = { last }
  for i = 1, n do first = { i, first } end
  return first
end

local function steps(f)
  local thread = coroutine.wrap(f)
  return thread("a"), thread("b"), thread("c")
end

try("yield in has_error", function()
  return steps(function()
    luassert.has_error(function() error(coroutine.yield(1), 0) end, "b")
    return 2
  end)
end)
try("yield in a spy", function()
  local s = spy.new(function(...) return coroutine.yield(...) end)
  return steps(function(x) return s(x, 1) end)
end)
try("yield in a stub", function()
  local s = stub({}, "f").invokes(coroutine.yield)
  return steps(function(x) return s(x), s.calls[1].vals[1] end)
end)
try("yield in a matcher", function()
  luassert:register("matcher", "yields", function() return function(x) return coroutine.yield(x) end end)
  return steps(function(x) return match.yields()(x) end)
end)
try("yield in an assertion", function()
  luassert:register("assertion", "yields", function() return coroutine.yield(1) end)
  return steps(function() return luassert.yields(5) end)
end)
try("yield in __eq", function()
  local mt = { __eq = function() return coroutine.yield(1) end }
  return steps(function()
    return pcall(luassert.equal, setmetatable({}, mt), setmetatable({}, mt))
  end)
end)
try("a thread in has_error", function() return luassert.has_error(coroutine.wrap(function() error("x", 0) end), "x") end)
try("a dead thread", function()
  local f = coroutine.wrap(function() end)
  f()
  return luassert.has_error(f)
end)

for _, n in ipairs { 100, 6000 } do
  try("lists of " .. n, luassert.same, list(n, 1), list(n, 1))
  try("different lists of " .. n, luassert.same, list(n, 1), list(n, 2))
  try("spied lists of " .. n, function()
    local s = spy.new(function() end)
    s(list(n, 1))
    luassert.spy(s).was.called_with(list(n, 1))
  end)
end
try("tables that share tables", function()
  local function shared(leaf)
    local t = { leaf }
    for _ = 1, 12 do t = { t, t } end
    return t
  end
  luassert.same(shared(1), shared(1))
  local left, right = shared(1), shared(1)
  left[3], right[3] = left[1], shared(1)
  luassert.same(left, right)
end)
try("tables that share tables and contain themselves", function()
  local function shared(n)
    local inner = { 1 }
    local t = { inner, { inner, { inner } } }
    for _ = 1, n do t = { t, inner } end
    inner[2] = t
    return t
  end
  luassert.same(shared(2), shared(2))
  luassert.same(shared(2), shared(3))
end)
try("long strings", function() luassert.equal(("x"):rep(1e5), ("x"):rep(1e5) .. "y") end)
try("many arguments", function()
  local values = {}
  for i = 1, 200 do values[i] = i end
  local s = spy.new(function(...) return ... end)
  s((table.unpack or unpack)(values))
  luassert.spy(s).was.called_with((table.unpack or unpack)(values))
  luassert.spy(s).was.returned_with(1)
end)
try("many calls", function()
  local s = spy.new(function() end)
  for i = 1, 300 do s(i) end
  luassert.spy(s).was.called(300)
  luassert.spy(s).was.called_with(1)
  luassert.spy(s).was.called_with(301)
end)
try("percent signs", function() luassert.equal("%s %d %", "100%") end)
try("percent signs in a message", function() luassert.message("%s").equal(1, 2) end)
try("zero bytes", function() luassert.equal("a\0b", "a\0c", "m\0n") end)

local raising = setmetatable({}, { __tostring = function() error("no text", 0) end })
try("__tostring raises", function() luassert.message(raising).is_true(false) end)
try("__tostring raises in a table", function() luassert.same({ raising }, {}) end)
try("__tostring returns a number", function()
  luassert.message(setmetatable({}, { __tostring = function() return 5 end })).is_true(false)
end)
try("__index raises", function()
  luassert.same(setmetatable({}, { __index = function() error("no field", 0) end }), { 1 })
end)
try("__index raises on the other side", function()
  luassert.same({ 1 }, setmetatable({}, { __index = function() error("no field", 0) end }))
end)
try("__eq raises", function()
  local mt = { __eq = function() error("incomparable", 0) end }
  luassert.equal(setmetatable({}, mt), setmetatable({}, mt))
end)
try("__eq is not called by same", function()
  local mt = { __eq = function() error("incomparable", 0) end }
  luassert.same(setmetatable({ 1 }, mt), setmetatable({ 1 }, mt))
end)
try("__eq of different metatables", function()
  local function eq() return true end
  luassert.equal(setmetatable({}, { __eq = eq }), setmetatable({}, { __eq = eq }))
end)
try("__eq of different metatables, same", function()
  local function eq() return true end
  luassert.same(setmetatable({ 1 }, { __eq = eq }), setmetatable({ 2 }, { __eq = eq }))
end)
try("__name", function() luassert.equal(setmetatable({}, { __name = "Name" }), 1) end)
try("__name in a table", function() luassert.equal({ setmetatable({ 5 }, { __name = "Name" }) }, 1) end)
try("__call of __call", function()
  luassert.has_error(setmetatable({}, { __call = setmetatable({}, { __call = error }) }))
end)
try("an error with __tostring", function()
  local object = setmetatable({}, { __tostring = function() return "file.lua:1: text" end })
  return luassert.has_error(function() error(object) end, "file.lua:1: text")
end)
try("an error that looks like a place", function()
  return luassert.has_error(function() error("a:1: b:2: c", 0) end, "b:2: c")
end)
try("an error over lines", function()
  return luassert.has_error(function() error("first\nfile:1: second", 0) end, "second")
end)
try("an error of Lua's", function() return luassert.has_error(function() return 1 + {} end) end)
try("an error in an error", function()
  return luassert.has_error(function() luassert.has_error(function() end) end)
end)
try("a nested failure", function()
  luassert.has_error(function() luassert.equal(1, 2) end, "x")
end)
try("a failure as it is expected", function()
  luassert.has_error(function() luassert.is_true(false, "m") end, "m\nExpected objects to be the same.\nPassed in:\n(boolean) false\nExpected:\n(boolean) true")
end)
try("arguments are left alone", function()
  local t = { 1, 2 }
  luassert.same(t, { 1, 2 })
  pcall(luassert.same, t, { 1, 3 })
  return #t, next(t, 2), getmetatable(t)
end)
try("a metatable is put back", function()
  local mt = { __tostring = function() return "x" end }
  local t = setmetatable({}, mt)
  pcall(luassert.equal, t, 1)
  return getmetatable(t) == mt
end)
try("globals", function()
  local names = {}
  for name in pairs(_G) do names[#names + 1] = name end
  table.sort(names)
  return table.concat(names, " ")
end)
