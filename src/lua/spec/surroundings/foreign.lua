-- In LuaJIT, what a module declares to C stays when the module is loaded again, as it is for blocks that are insulated: as
-- under busted, who declares the same once more is not told that it is there.

local function tolerant(original)
  local results = {}
  return function(...)
    local what = ...
    local count = select("#", ...)
    local ok, result = pcall(original, ...)
    if ok then
      if what ~= nil then results[what] = { count = count, result = result } end
      return result
    end
    local known = what ~= nil and results[what]
    if known and known.count == count then return known.result end
    error(result, 2)
  end
end

return function()
  if type(rawget(globals, "jit")) ~= "table" then return end
  local ok, ffi = pcall(require, "ffi")
  if not ok or type(ffi) ~= "table" then return end
  for _, name in ipairs { "cdef", "metatype" } do
    if type(ffi[name]) == "function" then ffi[name] = tolerant(ffi[name]) end
  end
end
