-- Example: a module whose tests leave a gap. The report shows which lines never ran.
-- shipping: what it costs to send a parcel.

local shipping = {}

local rates = { domestic = 4, europe = 9, world = 15 }

--- The price of sending a parcel, in whole euros.
function shipping.price(zone, kilograms)
  local rate = rates[zone]
  if not rate then
    return nil, "unknown zone: " .. tostring(zone)
  end
  local price = rate + math.ceil(kilograms)
  if kilograms > 20 then
    price = price + 25
  elseif kilograms < 1 and zone == "domestic" then
    price = rate
  end
  return price
end

--- A parcel's label.
function shipping.label(parcel)
  local lines = { parcel.name, parcel.street, parcel.city }
  if parcel.express then
    table.insert(lines, 1, "EXPRESS")
  end
  return table.concat(lines, "\n")
end

--- How many days a parcel takes at most. No test calls this.
function shipping.days(zone, express)
  local days = zone == "domestic" and 2 or 5
  if express then
    days = days - 1
  end
  return days
end

return shipping
