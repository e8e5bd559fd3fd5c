local function twice(n) return n * 2 end
local t = {}
for i = 1, 2 do t[i] = twice(i) end
local f = function(a) local b = a; return b end local g = f(1)
return g
