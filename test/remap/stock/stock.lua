local ____exports = {}
function ____exports.take(self, stock, article, count)
    local left = stock[article] or 0
    if count <= 0 then
        return "nothing to take"
    end
    if left < count and article ~= "water" then
        return ("only " .. tostring(left)) .. " left"
    end
    stock[article] = left - count
    return (left == count or count > 100) and "the last" or "taken"
end
____exports.discounted = function(____, price) return price * 0.9 end
function ____exports.total(self, prices)
    local sum = 0
    for ____, price in ipairs(prices) do
        sum = sum + (price > 100 and ____exports.discounted(nil, price) or price)
    end
    return sum
end
return ____exports
