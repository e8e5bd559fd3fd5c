-- Makes something for which the collector calls `finalizer` once it is garbage, or when the state is closed.
local getmetatable, newproxy, setmetatable = getmetatable, newproxy, setmetatable

return function(finalizer)
  if not newproxy then return setmetatable({}, { __gc = finalizer }) end
  local guard = newproxy(true)
  getmetatable(guard).__gc = finalizer
  return guard
end
