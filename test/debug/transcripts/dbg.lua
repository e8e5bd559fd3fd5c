local dbg = require "luacov-ts.dbg"
local function same(x)
  return dbg(x)
end
local a = same(5)
local b = same(nil)
return a or b
