-- Numbers and the math library.

local function try(name, ...)
  local f = math[name]
  if not f then return print(name, "is not there") end
  print(name, pcall(f, ...))
end

for _, x in ipairs { 0, 1, -1, 2, 0.5, -0.5, 1.5, 2.5, -2.5, 10, 100, 1e10, 1e100, -1e100, 1e-10, 3.14159, 2 ^ 53, 2 ^ 31, -2 ^ 31 } do
  print(x, -x, x + 1, x * 2, x / 4, x % 3, x % -3, x ^ 2, x == x, x < 1, math.floor(x), math.ceil(x))
  for _, name in ipairs { "abs", "exp", "sqrt", "sin", "cos", "tan", "atan", "deg", "rad", "frexp", "modf", "sinh", "cosh", "tanh", "tointeger", "type" } do
    if not (x < 0 and name == "sqrt") and not (math.abs(x) > 700 and (name == "exp" or name:find "h$")) then try(name, x) end
  end
  if x > 0 then try("log", x) try("log10", x) try("log", x, 2) try("log", x, 10) end
  try("fmod", x, 3)
  try("max", x, 1, 2)
  try("min", x, 1, 2)
  try("ldexp", x, 3)
  try("pow", x, 2)
  try("ult", x, 1)
end
for _, name in ipairs { "abs", "floor", "max", "min", "sqrt", "tointeger", "type" } do
  try(name, "x")
  try(name, {})
  if name ~= "random" then try(name) end
end
try("fmod", 1, 0.5)
try("random", 0, -1)
try("random", 1, 2, 3)
try("random", 1, 1)
try("floor", "10.7")
print(math.pi, math.huge, -math.huge, math.maxinteger, math.mininteger)
print(1 / 0, -1 / 0, math.huge - 1, math.huge == 1 / 0, 2 ^ 1024, -2 ^ 1024, 0 == -0, 1 / -0.0)
for _, text in ipairs { "10", " 10 ", "0x10", "0X1p4", "1e2", "1e", "e1", "", " ", "10x", "1 2", ".5", "5.", ".", "1e+5", "1e-5", "-7", "- 7", "+7", "--7", "1e400", "0x.8", "0xA.8", "1_000", "١", "infinity", "0b1", "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "0xffffffffffffffff", "1\0", "010" } do
  print(text, tonumber(text))
end
for base = 2, 36, 7 do print(base, tonumber("10", base), tonumber("zz", base), tonumber(" 11 ", base)) end
print(pcall(tonumber), pcall(tonumber, "1", 1), pcall(tonumber, "1", 37), pcall(tonumber, {}), tonumber(nil), pcall(tonumber, 10, 16), pcall(tonumber, "8", 8), pcall(tonumber, "7fffffff", 16), pcall(tonumber, 1, "x"))
for _, text in ipairs { "return 1 // 0", "return 1 // 0.0", "return 1 % 0", "return 1.0 % 0", "return 7 // 2, -7 // 2, 7 // -2, 7.0 // 2", "return 7 & 3, 7 | 8, 7 ~ 2, ~0, 1 << 62, 1 << 64, -1 >> 1, 1 << -1", "return 1.5 & 1", "return '3' | 0", "return 'a' | 0", "return {} | 0", "return 2^53 | 0, 2^63 | 0", "return 1e308 * 10 | 0", "return math.maxinteger + 1 == math.mininteger", "return math.mininteger // -1, math.mininteger % -1", "return 5 // 0.3, 5 % 0.3, -5 % 0.3, 5 % math.huge, -5 % math.huge", "return 3 | 0.0, 3.0 == 3, 3 .. '', 3.0 .. ''", "return 0x7fffffffffffffff, 0xffffffffffffffff, 0x1ffffffffffffffff", "return 1e15, 1e16, 123456789012345678, 0.1, 1e-7, 123456.789e3", "return 9007199254740993, 9223372036854775807, 9223372036854775808", "return 3 == 3.0000000000000001, 1 < 1.5, 2^63 == math.maxinteger, math.maxinteger < 2^63", "return #'abc' + 1, -'2', - '0x10', '10' / 2, '3' // 1, 10 % '4'", "return 2^-1, -2^2, 2^3^2, not nil == true, 1 .. 2 == '12'", "return 08, 1., .5, 0xA, 0Xap1", "return 3x", "return 1e", "return 1..2", "return 0xep1" } do
  local f, message = (loadstring or load)(text, "=chunk")
  if f then print(text, pcall(f)) else print(text, message) end
end
local integers = {}
for i = 1, 5 do integers[#integers + 1] = i * 0.1 end
print(table.concat(integers, " "), 0.1 + 0.2, 0.1 + 0.2 == 0.3, 1e15 + 0.5, 100000000000000, 1e14)
print(string.format("%.14g %.17g %.3f %5.1f", 0.1, 0.1, 2.0005, 0.05), 3.0, -0.0, 1e15, 1e14 + 0.5, 123456789.123)
for i = 0, 9 do io.write(string.format("%.0f %.1f %.3g %.9f %g ", i + 0.5, i + 0.25, i + 100.5, i + 2 ^ -10, 1234567.5 + i)) end
print()
