-- Spies, stubs and mocks: what they remember, what they do, and the assertions about them.
local try = dofile(arg[0]:match "^(.*/)" .. "support/try.lua")
local luassert = require "luassert"
local spy, stub, mock = require "luassert.spy", require "luassert.stub", require "luassert.mock"
local match = require "luassert.match"

local function add(a, b) return a + b, a end

-- What a spy remembers, as text.
local function history(s)
  local texts = {}
  for _, kind in ipairs { "calls", "returnvals" } do
    for i, each in ipairs(s[kind]) do
      local values = {}
      for k = 1, each.vals.n do values[k] = tostring(each.vals[k]) .. (each.vals[k] == each.refs[k] and "" or "*") end
      texts[#texts + 1] = kind .. i .. "(" .. table.concat(values, ",") .. ")"
    end
  end
  return table.concat(texts, " ")
end

local assertions = {
  "called", "called_at_least", "called_at_most", "called_more_than", "called_less_than", "called_with", "returned_with",
}
local lists = {
  { n = 0 }, { n = 1, 0 }, { n = 1, 1 }, { n = 1, 2 }, { n = 1, 3 }, { n = 2, 1, 2 }, { n = 2, 2, 1 }, { n = 2, 3, 1 },
  { n = 1 }, { n = 2, 1 }, { n = 1, match._ }, { n = 2, 1, match.is_number() }, { n = 2, match.is_string(), 2 },
  { n = 3, 1, 2, match.is_nil() }, { n = 3, 1, 2, nil }, { n = 2, 2, "a message" }, { n = 1, "two" }, { n = 1, {} },
  { n = 1, false }, { n = 1, match.is_not_nil() }, { n = 2, match.is_near(1, 0.5), match.is.same(2) },
}
local subjects = {
  never = {},
  once = { { 1, 2 } },
  twice = { { 1, 2 }, { 2, 1 } },
}
for _, name in ipairs { "never", "once", "twice" } do
  for _, assertion in ipairs(assertions) do
    for _, word in ipairs { "was", "was_not" } do
      for i, list in ipairs(lists) do
        try(table.concat({ name, word, assertion, i }, " "), function()
          local s = spy.new(add)
          for _, each in ipairs(subjects[name]) do s((table.unpack or unpack)(each)) end
          return luassert.spy(s)[word][assertion]((table.unpack or unpack)(list, 1, list.n))
        end)
      end
    end
  end
end

try("history", function()
  local s = spy.new(add)
  s(1, 2) s(3, 4)
  return s(5, 6), history(s), #s.calls, history(s:clear())
end)
try("history with nil", function()
  local s = spy.new(function(...) return ... end)
  s() s(nil) s(nil, nil) s(1, nil) s(nil, 2)
  return history(s)
end)
try("history is copied", function()
  local s = spy.new(function(t) t.x = 2 return t end)
  local t = { x = 1 }
  s(t)
  return s.calls[1].vals[1].x, s.calls[1].refs[1].x, s.calls[1].refs[1] == t, s.returnvals[1].vals[1].x
end)
try("history of cycles", function()
  local s = spy.new(function() end)
  local t = setmetatable({}, { __index = { a = 1 } })
  t.self = t
  s(t)
  local copy = s.calls[1].vals[1]
  return copy ~= t, copy.self == copy, copy.a, getmetatable(copy) == getmetatable(t)
end)
try("history of spies", function()
  local s, other = spy.new(function() end), spy.new(function() end)
  s(other, { other })
  return s.calls[1].vals[1] == other, s.calls[1].vals[2][1] == other
end)
try("an error in a spied function", function()
  local s = spy.new(function() error("inside", 0) end)
  local ok, message = pcall(s, 1)
  return ok, message, #s.calls, #s.returnvals
end)
try("methods", function()
  local s = spy.new(add)
  s(1, 2)
  return s:called(), s:called(1), s:called(2), s:called(0, function(a, b) return a > b end)
end)
try("methods with lists", function()
  local s = spy.new(add)
  s(1, 2) s(3, 4)
  local found, list = s:called_with({ 1, 2 })
  local missing, last = s:called_with({ 9 })
  return found, list[2], missing, last[2], (s:returned_with({ 7, 3 })), (s:returned_with({ 7 }))
end)
try("of the last call that suits", function()
  local s = spy.new(function() end)
  s { 1 } s { 2 } s { 1 }
  local _, list = s:called_with({ match.is_table() })
  return list == s.calls[3].vals
end)
try("without a function", function() return spy.new()(), spy.new(nil)(1), spy.new(false)(1) end)
try("of callables", function() return spy.new(setmetatable({}, { __call = function(_, a) return a end }))(5) end)
try("of a spy", function()
  local inner = spy.new(add)
  local outer = spy.new(inner)
  outer(1, 2)
  return #inner.calls, #outer.calls
end)
for _, value in ipairs { 1, "f", true, {} } do
  try("of a " .. type(value), function() return spy.new(value) end)
  try("on a " .. type(value), function() return spy.on({ key = value }, "key") end)
end
try("spy is callable", function() return spy.is_spy(spy(add)), spy.is_spy(add), spy.is_spy({}), spy.is_spy(nil) end)
try("on and revert", function()
  local t = { f = add }
  local s = spy.on(t, "f")
  local a, b = t.f(1, 2), t.f == s
  return a, b, s:revert() == add, t.f == add, s.reverted, s:revert() == add
end)
try("on an absent field", function()
  local t = {}
  local s = spy.on(t, "f")
  t.f()
  s:revert()
  return type(t.f), #s.calls
end)
try("revert twice keeps what came after", function()
  local t = { f = add }
  local s = spy.on(t, "f")
  s:revert()
  t.f = print
  s:revert()
  return t.f == print
end)
try("two on the same function, reverted by a snapshot", function()
  local t = { f = add }
  local snapshot = luassert:snapshot()
  local first = spy.on(t, "f")
  t.f(1, 2)
  snapshot:revert()
  return t.f == add, first.reverted
end)
try("payload that is a function", function() luassert.spy(add).was.called() end)
try("payload that is a table", function() luassert.spy({}).was.called() end)
try("payload that is a number", function() luassert.spy(1).was.called() end)
try("payload that is nil", function() luassert.spy(nil).was.called() end)
try("without a payload", function() luassert.was.called() end)
try("without a payload, with arguments", function() luassert.was.called_with(1) end)
try("without a payload, returned", function() luassert.returned_with(1) end)
try("a payload with methods of its own", function()
  local object = { called_with = function() return false, { "a", "b" } end, called = function() return false, 7 end }
  return pcall(luassert.spy(object).was.called, 3), pcall(luassert.spy(object).was.called_with, 3)
end)
try("message", function()
  luassert.spy(spy.new(add), "a message").was.called()
end)
try("message before", function()
  luassert.message("a message").spy(spy.new(add)).was.called_with(1)
end)
try("a spy shown", function() luassert.same(spy.new(add), 1) end)
try("references", function()
  local s, t = spy.new(function() end), { 1 }
  s(t)
  t[1] = 2
  luassert.spy(s).was.called_with(match.is_ref(t))
  luassert.spy(s).was.called_with({ 1 })
  return pcall(luassert.spy(s).was.called_with, t)
end)
try("callback's level 2", function() spy.new(function() error("level 2", 2) end)() end)
try("callback's level 3", function()
  local s = spy.new(function() error("level 3", 3) end)
  s()
end)

-- Stubs
try("stub", function()
  local t = { f = add }
  local s = stub(t, "f")
  local nothing = select("#", t.f(1))
  return nothing, spy.is_spy(s), t.f == s, #s.calls, s:revert() == add, t.f == add
end)
try("stub of nothing", function()
  local t = {}
  local s = stub.new(t, "f", 1, nil, 3)
  local a, b, c = t.f()
  s:revert()
  return a, b, c, t.f
end)
try("blank stub", function() return select("#", stub()()), stub().returns(5)() end)
try("stub with function", function() return stub({}, "f", function(a) return a, 2 end)(1) end)
try("stub with callable", function()
  return stub({}, "f", setmetatable({}, { __call = function() return "called" end }))()
end)
try("stub with function and value", function() return type((stub({}, "f", add, 2)())) end)
try("stub with false", function() return stub({}, "f", false)() end)
try("stub with nil", function() return select("#", stub({}, "f", nil)()) end)
try("returns", function() return stub({}, "f").returns(1, nil, nil)() end)
try("returns nothing", function() return select("#", stub({}, "f", 1).returns()()) end)
try("invokes", function() return stub({}, "f").invokes(add)(2, 3) end)
try("by_default", function()
  local s = stub({}, "f")
  return s.by_default.returns(1) == s, s(), s.by_default.invokes(add) == s, s(1, 2)
end)
try("on_call_with", function()
  local s = stub({}, "f", 0)
  local same = s.on_call_with(1).returns("one") == s
  s.on_call_with(2, match._).invokes(function(...) return select("#", ...) end)
  s.on_call_with({ 3 }).returns("deep")
  s.on_call_with().returns("none")
  s.on_call_with(1).returns("again")
  return same, s(1), s(1, 1), s(2, 2), s(2), s { 3 }, s { 4 }, s(), s(nil)
end)
try("on_call_with twice", function()
  local on = stub({}, "f").on_call_with(1)
  on.returns("first")
  return on.returns("second")(1)
end)
try("on_call_with a reference", function()
  local t = {}
  local s = stub({}, "f").on_call_with(match.is_ref(t)).returns("it")
  return s(t), s {}
end)
try("stub:clear", function()
  local s = stub({}, "f")
  s(1)
  s:clear()
  return #s.calls, #s.returnvals
end)
for i, list in ipairs { { 1, 2 }, { n = 2, nil, "f" }, { n = 1, {} }, { "x", "f" }, { { f = 1 }, "f" } } do
  try("stub cannot " .. i, function() stub((table.unpack or unpack)(list, 1, list.n or #list)) end)
  try("stub.new cannot " .. i, stub.new, (table.unpack or unpack)(list, 1, list.n or #list))
end
try("stub assertions", function()
  local t = { f = add }
  stub(t, "f")
  t.f(1)
  luassert.stub(t.f).was.called(1)
  luassert.stub(t.f).was_not.called_with(2)
  luassert.stub(t.f, "a message").was.called_with(2)
end)
try("stub by snapshot", function()
  local t = { f = add }
  local snapshot = luassert:snapshot()
  stub(t, "f")
  stub(t, "g")
  snapshot:revert()
  return t.f == add, t.g
end)
try("a stub shown", function() luassert.same(stub({}, "f"), 1) end)
for level = 1, 4 do
  try("level " .. level .. " of a stub", function()
    local s = stub({}, "f", function() error("inside", level) end)
    s()
  end)
  try("level " .. level .. " of invokes", function()
    local s = stub({}, "f").invokes(function() error("inside", level) end)
    s()
  end)
end

-- Mocks
local function library()
  return { f = add, inner = { g = add, n = 5 }, n = 1 }
end
try("mock", function()
  local m = library()
  local same = mock(m) == m
  local a = m.f(1, 2)
  luassert.spy(m.f).was.called_with(1, 2)
  return same, a, spy.is_spy(m.inner.g), m.n, m.inner.n
end)
try("mock with stubs", function()
  local m = mock(library(), true)
  return select("#", m.f(1, 2)), select("#", m.inner.g()), m.n
end)
try("mock with a function", function() return mock(library(), true, function() return 7 end).inner.g() end)
try("mock with a value", function() return mock(library(), true, 7).inner.g() end)
try("mock.clear", function()
  local m = mock(library())
  m.f(1, 2) m.inner.g(1, 2)
  return mock.clear(m) == m, #m.f.calls, #m.inner.g.calls
end)
try("mock.revert", function()
  local m = mock(library(), true)
  return mock.revert(m) == m, m.f == add, m.inner.g == add
end)
try("mock of itself", function()
  local m = library()
  m.self = m
  return mock(m) == m, spy.is_spy(m.self.f)
end)
try("mock twice", function()
  local m = mock(mock(library()))
  m.f(1, 2)
  return #m.f.calls, spy.is_spy(m.f.callback)
end)
for _, value in ipairs { 1, "x", true } do
  try("mock of a " .. type(value), function() return mock(value), mock.clear(value), mock.revert(value) end)
end
try("mock of nil", function() return mock(nil), mock.clear(nil) end)
try("mock of a function", function()
  local s = mock(add)
  return spy.is_spy(s), (mock.clear(s)) == s, mock.revert(s) == add
end)
try("mock of a function with stub", function() return select("#", mock(add, true)(1, 2)) end)
try("mock.new", function() return mock.new(library()).f(1, 2) end)
