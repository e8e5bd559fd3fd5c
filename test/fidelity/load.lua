-- What load says about texts that cannot be compiled.

local function try(text, ...)
  local f, message = load(text, ...)
  print(f and "compiled" or message)
end

for _, text in ipairs {
  "x =", "x", "x y", "= 1", "local", "local function", "local x <const> = 1", "function", "function f(", "function f(a,)", "return return", "for", "for i", "for i =",
  "for i = 1 do end", "for i = 1,2,3,4 do end", "for a,b do end", "if", "if x", "if x then", "if x then else", "if x then elseif", "while", "while true do", "repeat", "repeat until",
  "do", "end", "break", "goto", "goto x", "::x:: ::x::", "::x", "goto x; local a; ::x:: print(a)", "do goto x end; local a ::x:: f()", "local x; goto l; ::l::", "x = }", "x = {", "x = {1,,2}", "x = { [1] }",
  "x = { a = }", "f(", "f(1,", "f(1 2)", "a.b:c = 1", "a.1 = 2", "a:b", "(f)", "f() = 1", "x, f() = 1, 2", "(x) = 1", "1 = x", "x = 1 2", "x = 'abc", "x = \"abc\ndef\"", "x = [[abc", "x = [==[abc]=]", "--[[ never closed",
  "x = [=x", "x = '\\q'", "x = '\\x1'", "x = '\\xg'", "x = '\\300'", "x = '\\u{110000}'", "x = '\\u{x}'", "x = '\\u123'", "x = '\\u{12", "x = '\\", "x = 1e", "x = 0x", "x = 1..2", "x = 3x", "x = 0xg", "x = 1.2.3", "x = 08z", "x = @", "x = $", "x = #", "x = ~", "x ~= 1",
  "x = a ! b", "x = a != b", "x = a & ", "x = not", "x = -", "x = ...", "function f() return ... end", "x = function(... , a) end", "return 1,", "return 1; x = 1", "local a, b, = 1", "local a.b = 1", "x = a and", "x = \"\\400\"", "x = '\1'", "\1", "x = \200", "é = 1", "x = 'a\\z  b'", "x = 'a\\\nb'",
  "break = 1", "and", "x = nil nil", "f{", "f'", "f[[", "goto continue", "for i = 1, 2 do goto continue; local x; ::continue:: end", "for i = 1, 2 do goto continue; local x; ::continue:: x = 1 end", "x += 1", "x++", "local function f.g() end", "x = a ? b : c", "a.b.c", "a[1]", "a[1", "a[]", "::a:: ::b:: goto c",
  ("x = " .. ("a"):rep(100) .. " ="), ("y = '" .. ("long "):rep(40) .. "\n'"), "local t = {} t.x.y:z",
} do
  try(text)
end
try("x =", "=name")
try("x =", "@file.lua")
try("x =", "a chunk of text that is longer than what a message shows of it, which is sixty characters")
try("x =", "two\nlines")
try("x =", "@" .. ("long/"):rep(20) .. "file.lua")
try("x =", "=" .. ("name"):rep(20))
try("\27Lua", "binary", "t")
try("x = 1", "text", "b")
try(function() return nil end)
print(pcall(load, function() return {} end))
print(load(function() error "from the reader" end))
print(pcall(load))
print(pcall(load, 1))
print(pcall(load, {}))

local function many(count, unit, separator, before, after)
  local parts = {}
  for i = 1, count do
    parts[i] = unit:gsub("#", i)
  end
  return (before or "") .. table.concat(parts, separator) .. (after or "")
end
try(many(201, "x#", ",", "local ", ""))
try(many(200, "x#", ",", "local ", ""))
try(many(201, "x#", ",", "function f(", ") end"))
try(many(256, "local x# = #", " ", "function f() ", " end"))
try(many(150, "a#", ",", "local ", "\n") .. many(120, "b#", ",", "local function g() local ", "\n")
  .. "return function() return " .. many(150, "a#", "+") .. "+" .. many(120, "b#", "+") .. " end end")
try(many(260, "x#", ",", "f(", ")"))
try(many(260, "x#", " .. ", "return ", ""))
try(("("):rep(300) .. "1" .. (")"):rep(300))
try(("{"):rep(300) .. ("}"):rep(300))
try("x = " .. ("("):rep(300) .. "1" .. (")"):rep(300))
try("x = " .. ("{"):rep(300) .. ("}"):rep(300))
try(("do "):rep(300) .. ("end "):rep(300))
try("x = " .. ("-"):rep(300) .. "1")
try("x = " .. ("- "):rep(300) .. "1")
try("x = " .. ("not "):rep(300) .. "1")
try("x = " .. ("a .. "):rep(300) .. "1")
try("x = " .. ("2 ^ "):rep(300) .. "1")
try(("function f() "):rep(250) .. ("end "):rep(250))
try("x = a" .. (".b"):rep(1000))
try("x = a" .. ("()"):rep(1000))
print(load "return 0xA, 0x.8p1, 1e2, .5, 3., 0Xap-1, 1//1, 2^3, 'a\\65\\x42\\u{43}\\z  d', [[\nx]], [==[]]]==]"())
print(load("return ...", "=x", "t", {})(1, 2))
print(load("x = 1 return x", "=env", "t", {})(), x)
print(pcall(load("error 'in the chunk'", "=(chunk)")))
print(pcall(load("local a; a.b.c = 1", "@some/file.lua")))
print(pcall(load("\n\nlocal s = 'text' .. {}", "first line\nsecond")))
print(pcall(string.dump, print))
print(load(string.dump(function(a) return a + 1 end))(41))
