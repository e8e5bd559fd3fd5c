local shipping = require "shipping"

assert(shipping.price("domestic", 0.5) == 4)
assert(shipping.price("europe", 3) == 12)

-- Not tested: an unknown zone, a heavy parcel.

local parcel = { name = "Ada", street = "Main Street 1", city = "London" }
assert(shipping.label(parcel) == "Ada\nMain Street 1\nLondon")

-- Not tested: an express label, and shipping.days altogether.
