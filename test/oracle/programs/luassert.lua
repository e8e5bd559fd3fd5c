-- Assertions, spies, stubs, mocks, matchers and their translated messages; and events by mediator.
dofile(arg[0]:match "^(.*/)" .. "../ordered.lua")
-- Only one of the two Luas could load it.
package.preload.term = function() error "no terminal" end
package.preload["term.core"] = package.preload.term
local assert_ = require "luassert"
local spy, stub, mock, match = require "luassert.spy", require "luassert.stub", require "luassert.mock", require "luassert.match"
local say = require "say"

local things = { 1, 2, "a", "", true, false, {}, { 1, { 2 } }, { 1, { 2 } }, print, 0.5, { a = { b = 1 } } }
local names = {
  "same", "equals", "near", "is_true", "is_false", "truthy", "falsy", "is_nil", "is_number", "is_string", "is_table",
  "is_function", "is_boolean", "unique", "error", "has_no_errors", "error_matches", "matches", "number", "property",
  "returned_arguments", "is_userdata", "is_thread", "match_error",
}
local passed, failed = 0, 0
for _, name in ipairs(names) do
  for _, form in ipairs { assert_[name], assert_["not_" .. name] } do
    for i, thing in ipairs(things) do
      for _, other in ipairs { thing, things[i + 1] or 0, "message" } do
        if pcall(form, thing, other, 0.5) then passed = passed + 1 else failed = failed + 1 end
      end
      pcall(form, thing)
    end
  end
end
assert(passed > 300 and failed > 300)
assert_.is_not.equal(1, 2)
assert_.are.same({ 1, { x = 2 } }, { 1, { x = 2 } })
assert_.has.errors(function() error "x" end, "x")
assert_.has_error(function() error { code = 1 } end, { code = 1 })
assert_.array({ 1, 2, 3 }).has.no.holes()
assert(not pcall(function() assert_.array({ 1, nil, 3 }).has.no.holes(3) end))

local s = spy.new(function(a, b) return a, b end)
s(1, 2)
s({ 3 }, nil)
assert_.spy(s).was.called(2)
assert_.spy(s).was.called_with(1, 2)
assert_.spy(s).was.called_with(match._, match.is_nil())
assert_.spy(s).was.called_at_least(1)
assert_.spy(s).was_not.called_with("other")
assert_.spy(s).was.returned_with(1, 2)
for _, check in ipairs { "called_more_than", "called_less_than", "called_at_most", "called_with", "called" } do
  pcall(function() assert_.spy(s).was[check](7) end)
  pcall(function() assert_.spy(s).was_not[check](2) end)
end
local object = { method = function(self, x) return x end, other = 5, nested = { f = function() return 1 end } }
local st = stub(object, "method").returns(9)
assert(object:method(1) == 9)
st.on_call_with(match.is_table(), 5).returns(50)
st.by_default.invokes(function() return 0 end)
assert(object:method(5) == 50 and object:method(6) == 0)
st:revert()
local m = mock(object, true)
m.nested.f()
assert_.spy(m.nested.f).was.called()
mock.revert(m)
assert(spy.is_spy(s) and not spy.is_spy(1))
local snapshot = assert_:snapshot()
assert_:set_parameter("TableFormatDepth", 1)
assert_:register("assertion", "odd", function(_, arguments) return arguments[1] % 2 == 1 end, "assertion.same.positive")
assert_.odd(3)
assert(not pcall(assert_.odd, 4))
snapshot:revert()

for _, matcher in ipairs { "is_true", "is_same", "is_equal", "has_match", "is_near", "is_truthy", "is_ref", "is_all_of", "is_any_of", "is_none_of", "has_error" } do
  for _, thing in ipairs(things) do
    local ok, made = pcall(function() return match[matcher](thing, 1) end)
    if ok then
      pcall(made, thing)
      pcall(made, 1)
    end
  end
end
local composite = match.all_of(match.is_number(), match.is_not.equal(3))
assert(composite(4) and not composite(3) and match.any_of(match.is_string(), match.is_nil())(nil))
assert(match.none_of(match.is_string(), match.is_nil())(1))

for _, language in ipairs { "ar", "de", "en", "fr", "is", "ja", "nl", "ru", "ua", "zh" } do
  require("luassert.languages." .. language)
  say:set_namespace(language)
  pcall(assert_.is_true, false)
  pcall(assert_.spy(s).was.called, 9)
  say("assertion.same.positive", { "x", "y", n = 2 })
end
say:set_namespace "en"
say:set("key", "%s and %s")
assert(say("key", { 1, 2 }) == "1 and 2" and say "missing" == nil and not pcall(say, "key", 5))

local events = require "mediator" ()
local log = {}
local function note(value) return function(...) log[#log + 1] = value .. tostring((...)) return nil, true end end
local first = events:subscribe({ "a" }, note "1")
events:subscribe({ "a", "b" }, note "2", { priority = 1, predicate = function(x) return x ~= "no" end })
events:subscribe({ "a", "b" }, note "3", { priority = 1 })
events:subscribe({ "a" }, function() return "stop", false end, { priority = 2 })
events:publish({ "a", "b" }, "yes")
events:publish({ "a", "b" }, "no")
events:publish({ "a", "unknown" }, "x")
assert(events:getSubscriber(first.id, { "a" }) and #log > 3)
first:update { fn = note "new", options = {} }
events:removeSubscriber(first.id, { "a" })
events:removeSubscriber(first.id, { "a" })
pcall(function() events:getChannel({ "a" }):setPriority(first.id, 1) end)
events:publish({ "a" })
