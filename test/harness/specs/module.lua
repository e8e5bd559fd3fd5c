require "busted.runner" ()
local busted = require "busted"
local seen = {}

describe("require 'busted'", function()
  it("has its functions", function()
    for _, name in ipairs { "describe", "it", "pending", "before_each", "assert", "spy", "stub", "mock", "match",
      "publish", "subscribe", "unsubscribe", "fail", "gettime", "monotime", "sleep", "parent", "children", "version" } do
      assert.truthy(busted[name], name)
    end
  end)
  it("is read-only", function() busted.x = 1 end)
  it("fails", function() busted.fail("on purpose") end)
  it("fails at the caller", function()
    local function helper() busted.fail("on purpose", 2) end
    helper()
  end)
  it("fails with a table", function() busted.fail({ code = 1 }) end)
  it("fails with nothing", function() busted.fail() end)
  it("has a version", function() assert.equal("2.1.1", busted.version) end)
  it("has no file", function() assert.is_nil(busted.file) end)
end)

busted.subscribe({ "test", "start" }, function(element)
  seen[#seen + 1] = tostring(element.name)
  return nil, true
end)
local ended = busted.subscribe({ "test", "end" }, function(element, _, status)
  seen[#seen + 1] = status
  return nil, true
end)

describe("subscribers", function()
  it("hear of tests", function() end)
  it("hear of errors", function() error("x", 0) end)
  it("tell", function() error(table.concat(seen, " "), 0) end)
  it("can be removed", function() busted.unsubscribe(ended.id, { "test", "end" }) end)
  it("are gone then", function() error(table.concat(seen, " ", 10), 0) end)
end)

local fixtures = require "busted.fixtures"
describe("fixtures", function()
  it("have a path", function() assert.truthy(fixtures.path("data.txt"):find("[/\\]data.txt$")) end)
  it("are read", function() assert.equal("data\n", fixtures.read("data.txt")) end)
  it("are loaded", function() assert.same({ 1, 2 }, fixtures.load("data")) end)
  it("may be missing", function() fixtures.read("missing.txt") end)
  it("need a name", function() fixtures.read(5) end)
end)
