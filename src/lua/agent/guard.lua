-- Makes something for which the collector calls `finalizer` once it is garbage, or when the state is closed.
local getmetatable, newproxy, pcall, setmetatable = getmetatable, newproxy, pcall, setmetatable

local function newGuard(finalizer)
  if not newproxy then return setmetatable({}, { __gc = finalizer }) end
  local guard = newproxy(true)
  getmetatable(guard).__gc = finalizer
  return guard
end

-- In `finalizer`: has it called for a thing once more. Where there is no memory for a new one, that is the same, which is old by then;
-- 5.1 does so for no thing twice.
local function renew(guard, finalizer)
  if not pcall(newGuard, finalizer) and not newproxy then setmetatable(guard, getmetatable(guard)) end
end

return newGuard, renew
