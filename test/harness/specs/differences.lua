-- Where we differ from busted 2.1 on purpose; each test says how it ends here.
local fixtures = require "busted.fixtures"

it("success: fixtures.path() is the folder of the test file", function()
  assert.truthy(fixtures.path():find("specs$"))
end)
it("pending: without a reason", function() pending() end)
it("success: arg has the arguments of the tests, not of the runner", function()
  assert.same({ "x", "y" }, { arg[1], arg[2], arg[3] })
end)
it("success: chains know the other forms of their verbs", function()
  assert.were.same({ 1 }, { 1 })
  assert.have.no.errors(function() end)
  assert.do_not.match("x", "y")
end)
