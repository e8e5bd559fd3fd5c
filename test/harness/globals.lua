-- Calls what a spec can call and writes down what came of it, after the globals have become what HOSTILE makes of
-- them. What it needs itself it has as locals.
local pcall, tostring, select, error, next, type = pcall, tostring, select, error, next, type
local concat, sort, gsub, rep = table.concat, table.sort, string.gsub, string.rep
local describe, context, insulate, expose, it, spec, test = describe, context, insulate, expose, it, spec, test
local pending = pending
local before_each, after_each, setup, teardown = before_each, after_each, setup, teardown
local lazy_setup, lazy_teardown = lazy_setup, lazy_teardown
local strict_setup, strict_teardown = strict_setup, strict_teardown
local assert, spy, stub, mock, match = assert, spy, stub, mock, match
local require, setmetatable, getmetatable, ipairs = require, setmetatable, getmetatable, ipairs
local globals = getfenv and getfenv(1) or _ENV
local busted = require "busted"
require "m"
local fixtures, done = require "busted.fixtures", require "busted.done"
local namespaces = require "luassert.namespaces"
local util, say = require "luassert.util", require "say"
local output = io.open("OUTPUT", "w")
local write, close = output.write, output.close
local registered = { assertion = {}, matcher = {}, modifier = {} }
for kind, list in next, registered do
  for name in next, namespaces[kind] or {} do list[#list + 1] = name end
  sort(list)
end
local function throw(message) error(message, 2) end
local function text(value)
  return (gsub(gsub(tostring(value), "0x%x+", "ADDRESS"), "%f[%w]s%d+_spec", "file"))
end
local function log(name, ...)
  local parts = { name }
  for index = 1, select("#", ...) do parts[#parts + 1] = text((select(index, ...))) end
  write(output, concat(parts, "\t"), "\n")
end
local function try(name, f, ...) log(name, pcall(f, ...)) end
local table_ = { 1, { a = "b" }, "text" }
local f = function() end
local values = { {}, { nil, n = 1 }, { 1, 1 }, { 1, 2, 3 }, { "a", "b" }, { table_, { 1 } }, { f }, { function() throw "x" end, "x" } }

-- HOSTILE

describe("blocks", function()
  setup(function() log "setup" end)
  teardown(function() log "teardown" end)
  lazy_setup(function() log "lazy_setup" end)
  lazy_teardown(function() log "lazy_teardown" end)
  strict_setup(function() log "strict_setup" end)
  strict_teardown(function() log "strict_teardown" end)
  before_each(function() log "before_each" end)
  after_each(function() log "after_each" end)
  for _, block in ipairs { describe, context, insulate, expose } do
    block("block", function()
      for _, one in ipairs { it, spec, test } do
        one("test", function() log "test" end)
      end
    end)
  end
  pending("later")
  pending("later, too", function() end)
  it("#tag", function() busted.pending "not yet" end)
  busted.it("of the module", function() log "busted.it" end)
end)

describe("assertions", function()
  it("hold or do not", function()
    for _, name in ipairs(registered.assertion) do
      for number, arguments in ipairs(values) do
        for _, modifier in ipairs { "is", "is_not" } do
          try(modifier .. "." .. name .. number, function()
            assert[modifier][name](arguments[1], arguments[2], arguments[3])
          end)
        end
      end
    end
    try("assert", assert, nil, "message")
    try("assert", assert, false, { 1 })
    try("format", assert.format, assert, { table_, "x", 1, f, n = 4 })
    try("level", assert.level, assert, 2)
  end)
  it("match", function()
    for _, name in ipairs(registered.matcher) do
      for number, arguments in ipairs(values) do
        try("match." .. name .. number, function()
          local matcher = match["is_" .. name](arguments[1], arguments[2])
          log("matches", matcher(arguments[1]), matcher(1), tostring(matcher))
        end)
      end
    end
    try("match._", function() return match._(1) end)
  end)
  it("are registered and taken away", function()
    say:set("assertion.odd.positive", "expected %s to be odd")
    assert:register("assertion", "odd", function(_, arguments) return arguments[1] % 2 == 1 end, "assertion.odd.positive")
    try("odd", function() assert.is_odd(2) end)
    assert:unregister("assertion", "odd")
    assert:add_formatter(function(value) return value == 5 and "five" or nil end)
    assert:set_parameter("TableFormatLevel", 1)
    log("parameter", assert:get_parameter "TableFormatLevel")
    try("five", function() assert.equal(5, { { {} } }) end)
    try("util", util.deepcompare, table_, { 1 })
    try("copy", function() return util.deepcopy(table_)[2].a end)
  end)
end)

describe("spies", function()
  it("see what is called", function()
    local object = { method = function(_, a) return a, "result" end, other = f }
    local snapshot = assert:snapshot()
    local seen = spy.on(object, "method")
    try("call", object.method, object, { 1 })
    try("called", function() assert.spy(seen).was.called_with(object, { 1 }) end)
    try("called", function() assert.spy(seen).was_not.called() end)
    try("called", function() assert.spy(seen).was.called(5) end)
    try("called", function() assert.spy(seen).was.called_with(match.is_number(), "x") end)
    try("returned", function() assert.spy(seen).returned_with({ 1 }, "x") end)
    try("at least", function() assert.spy(seen).called_at_least(3) end)
    log("is_spy", spy.is_spy(seen), spy.is_spy(f))
    seen:clear()
    snapshot:revert()
    local stubbed = stub(object, "method", 1, 2)
    try("stub", object.method, "x")
    stubbed.returns(3)
    try("stub", object.method, "x")
    stubbed.on_call_with("y").returns(4)
    try("stub", object.method, "y")
    stubbed.by_default.invokes(function(...) return select("#", ...) end)
    try("stub", object.method, 1, 2)
        stubbed:revert()
    local mocked = mock(object, true)
    try("mock", mocked.method, 1)
    mock.clear(mocked)
    mock.revert(mocked)
    try("new", function() local s = spy.new(f) s(1) assert.spy(s).was.called(1) end)
  end)
end)

describe("the rest", function()
  it("works", function()
    try("fixtures.path", function() return #fixtures.path "data.txt" > 0 end)
    try("fixtures.read", fixtures.read, "data.txt")
    try("fixtures.read", fixtures.read, "none.txt")
    try("fixtures.load", fixtures.load, "none")
    local token = done.new(function() log "all done" end)
    token:wait("a", "b")
    try("done", token, "a")
    try("done", token, "x")
    try("done", token, "b")
    try("fail", busted.fail, "failed")
    log("time", type(busted.gettime()), type(busted.monotime()))
    try("subscribe", function()
      local id = busted.subscribe({ "mine" }, function(...) log("heard", ...) return nil, true end)
      busted.publish({ "mine" }, 1, 2)
      busted.unsubscribe(id)
    end)
    try("bindfenv", busted.bindfenv, function() return x end, "x", 1)
    busted.sleep(0)
  end)
  describe("in a random order", function()
    globals.randomize(42)
    it("one", function() log "one" end)
    it("two", function() log "two" end)
    it("three", function() globals.finally(function() log "finally" end) end)
  end)
  it("throws what it likes", function() busted.pending(rep("x", 3)) end)
end)
describe("at last", function() it("is written", function() close(output) end) end)
