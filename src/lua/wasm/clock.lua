-- Clocks and waiting by the host's primitives.

local call = (...).host.call

local function primitive(name)
  return function(...)
    return call(name, ...)
  end
end

return { monotonic = primitive "monotonic", time = primitive "preciseTime", sleep = primitive "sleep" }
