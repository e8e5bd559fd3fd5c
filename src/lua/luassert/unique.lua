-- Whether no two values of a table are equal; in depth, if `deep` says so.

local platform = ...

local compare = platform.import "luassert/compare"

return function(values, deep)
  for key, value in pairs(values) do
    for other, each in pairs(values) do
      if key ~= other and (value == each or deep and compare(value, each, true)) then
        return false
      end
    end
  end
  return true
end
