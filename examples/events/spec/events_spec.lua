local Events = require "events"

describe("events", function()
  local events, listener

  before_each(function()
    events = Events.new()
    listener = spy.new(function() end)
  end)

  it("are heard with everything that is emitted", function()
    events:on("saved", listener)
    assert.equal(1, events:emit("saved", "a.lua", 42))
    assert.spy(listener).was.called_with("a.lua", 42)
  end)

  it("are heard by name", function()
    events:on("saved", listener)
    assert.equal(0, events:emit("opened"))
    assert.spy(listener).was_not.called()
  end)

  it("are heard in the order of listening", function()
    local heard = {}
    for index = 1, 3 do
      events:on("saved", function() heard[#heard + 1] = index end)
    end
    events:emit("saved")
    assert.are.same({ 1, 2, 3 }, heard)
  end)

  it("are not heard any more after off", function()
    local off = events:on("saved", listener)
    off()
    off()
    assert.equal(0, events:emit("saved"))
  end)

  it("are heard once #once", function()
    events:once("saved", listener)
    events:emit("saved")
    events:emit("saved")
    assert.spy(listener).was.called(1)
  end)

  it("need a listener", function()
    assert.error_matches(function() events:on("saved") end, "a listener is missing$")
  end)

  pending("are heard by patterns of names")
end)
