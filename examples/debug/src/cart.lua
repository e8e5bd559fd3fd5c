-- What somebody is about to buy.
local cart = {}
cart.__index = cart

function cart.new()
  return setmetatable({ items = {} }, cart)
end

function cart:add(name, price, count)
  self.items[#self.items + 1] = { name = name, price = price, count = count or 1 }
end

function cart:total(discount)
  local total = 0
  for _, item in ipairs(self.items) do
    local price = item.price * item.count
    total = total + price
  end
  return total * (1 - (discount or 0))
end

return cart
