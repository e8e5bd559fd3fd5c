local compile = loadstring or load
local text = "local a, b = ...\nlocal sum = a + b\nreturn sum\n"
local chunk = compile(text)
local sum = chunk(1, 2)
local named = compile("local n = ...\nreturn n", "=named")
sum = named(sum)
return sum
