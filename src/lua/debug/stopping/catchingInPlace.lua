-- What stands in for `pcall` and `xpcall` of LuaJIT where errors are told that they catch. There a function of C that is called by a tail call
-- takes the place of its caller: so xpcall is called by the program.
local given, onThrown, isByOurs = ...
local refuse = given.refuse
local pcall, xpcall, select, type = pcall, xpcall, select, type

local catching = {}

local function told(handler)
  return function(...)
    onThrown((...), 2)
    if handler then return handler(...) end
    return ...
  end
end

local ofPcall = told()

function catching.pcall(...)
  if select("#", ...) == 0 then refuse("pcall", pcall) end
  if isByOurs(2) then return pcall(...) end
  return xpcall((...), ofPcall, select(2, ...))
end

function catching.xpcall(...)
  local fn, handler = ...
  if type(handler) ~= "function" then refuse("xpcall", xpcall, ...) end
  if isByOurs(2) then return xpcall(...) end
  return xpcall(fn, told(handler), select(3, ...))
end

return catching
