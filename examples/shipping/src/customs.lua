-- customs: no test loads this file. The option `all` counts it as uncovered nevertheless.

local customs = {}

--- Whether a parcel needs a customs form.
function customs.needs_form(zone, value)
  return zone == "world" and value > 0
end

return customs
