local list = { 1, 2, 3, name = "list", ["a b"] = true, [2.5] = "half" }
list.self = list
local empty, text = {}, "line\nwith \"quotes\", \\ and \0 zero, é"
local nothing
local a = 1
do
  local a = 2
  local function sees(...)
    local count = select("#", ...)
    return count + a, list, print
  end
  sees("first", nil, 3)
end
global = { deep = { deeper = { deepest = { 1 } } } }
local meta = setmetatable({}, { __index = function() return "never asked" end, __tostring = error })
return a, nothing, meta
