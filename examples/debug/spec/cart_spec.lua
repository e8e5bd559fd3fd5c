local cart = require "cart"

describe("a cart", function()
  local mine

  before_each(function()
    mine = cart.new()
    mine:add("tea", 4)
    mine:add("cup", 3, 2)
  end)

  it("adds up what is in it", function()
    assert.are.equal(10, mine:total())
  end)

  it("takes a discount off", function()
    assert.are.equal(5, mine:total(0.5))
  end)
end)
