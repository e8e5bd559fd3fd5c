local log = {}
describe("outer", function()
  setup(function() log[#log + 1] = "setup" end)
  teardown(function() log[#log + 1] = "teardown" end)
  describe("without tests", function() setup(function() log[#log + 1] = "never" end) end)
  describe("with one", function() it("runs", function() log[#log + 1] = "test" end) end)
end)
it("tells", function() error(table.concat(log, " "), 0) end)
