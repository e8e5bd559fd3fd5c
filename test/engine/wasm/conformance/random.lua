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
if _VERSION == "Lua 5.3" then
  local least, greatest = math.mininteger, math.maxinteger
  for i = 1, 5 do
    print(math.random(least, least + 9), math.random(greatest - 3, greatest), math.random(greatest), math.random(least, -1))
    print(math.random(least, least), math.random("9007199254740993"), math.random(2 ^ 53), math.random(2 ^ 53 - 1, 2 ^ 53 + 2))
  end
  print(pcall(math.random, least, greatest), pcall(math.random, 1.5), pcall(math.random, 2 ^ 63))
end
