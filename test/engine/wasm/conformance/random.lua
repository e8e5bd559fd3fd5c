-- Random numbers of a seed, which are C's own before 5.4: glibc's.

if _VERSION ~= "Lua 5.4" then print(math.random(1000), math.random(), math.random(5, 9)) end
for _, seed in ipairs { 0, 1, 42, -7, 123456789, 1700000000, 2 ^ 31 - 1 } do
  math.randomseed(seed)
  for i = 1, 5 do io.write(math.random(100), " ", string.format("%.14g", math.random()), " ", math.random(-10, 10), " ") end
  print()
end
print(pcall(math.random, 0), pcall(math.random, 2, 1), pcall(math.random, 1, 2, 3), pcall(math.random, "x"), pcall(math.randomseed, {}))
math.randomseed(5)
print(math.random("10"), math.random(2 ^ 31 - 1), math.random(1, 1))
