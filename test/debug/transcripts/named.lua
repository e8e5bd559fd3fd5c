local ok = pcall(function() local z = 1
  error("no", 0) end)
print(type(ok))
local t = string.format("%d", 3)
pcall(print, t)
