-- Raises what a function of C says of the arguments of a call, where a stand-in calls this that was called in its place. `own` is the name
-- by which Lua knows it in its library.
local getinfo, error, find, gsub, pcall, type = debug.getinfo, error, string.find, string.gsub, pcall, type
local isNamedByCalls = not rawlen or jit
local isSecond = find(_VERSION, "5.2", 1, true) ~= nil

return function(own, original, ...)
  local _, message = pcall(original, ...)
  if isSecond and not find(own, ".", 1, true) then own = "_G." .. own end
  local name = getinfo(2, "n").name or not isNamedByCalls and own
  if name and type(message) == "string" then message = gsub(message, "'%?'", "'" .. name .. "'", 1) end
  error(message, 3)
end
