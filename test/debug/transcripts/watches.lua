local t = { n = 1 }
local x = 1
x = x + 1
t.n = t.n
t.n = 5
local function change()
  x = 3
end
change()
return x
