-- Loading chunks, environments, and what the compilers say.

local function try(text, name, ...)
  local f, message = (loadstring or load)(text, name or "=chunk", ...)
  if not f then return print("no", message) end
  print("yes", pcall(f))
end

for _, text in ipairs {
  "return 1", "x =", "return", "return return", "local function f() end return f()", "x = 1 y = 2", "f()", "a.b", "a = b c", "if x then", "while do end", "for i = 1 do end", "for i = 1, 2 do end return i",
  "for i in pairs {} do end", "for a b do end", "repeat local x = 1 until x == 1", "do return 1 end", "break", "while true do break end", "return 1,", "local", "local 1", "local x, = 1", "function f(", "function f(a,) end", "function f(...) return ... end return f(1, 2)", "return ...", "local function f() return ... end",
  "goto done ::done:: return 1", "goto nowhere", "::a:: ::a::", "do goto out end local x ::out:: return x", "goto = 1 return goto", "local x <const> = 1 return x", "local x <const> = 1 x = 2", "local x <close> = nil return 1", "local x <unknown> = 1", "local x <close> = 1", "return 1 // 2", "return 1 & 2", "return ~1", "return 1 << 2", "x = = 1", "x = 'unfinished", "x = \"unfinished\nnext\"", "x = [[unfinished", "--[[ unfinished", "x = [=[ ]] ]=]  return x", "x = '\\q'", "x = '\\300'", "x = '\\x41\\x4'", "x = '\\u{41}' return x", "x = '\\u{110000000}'", "x = '\\u{zz}'", "return '\\z   a'", "return 0xg", "return 1e", "return 3..2", "return .5", "x = }", "x = {1, 2, ; 3}", "x = {[1] = 2, a = 3; 4} return #x", "x = {[1 = 2}", "x = {a b}", "return {...}", "(f)()", "f\n(x)", "return (1)(2)", "a, b = 1", "a, b() = 1", "a() = 1", "1 = a", "('x').y = 1", "('x'):upper()", "return ('x'):upper()", "return #'abc' .. 1", "return not", "return -", "return - - 1", "return 2 ^ - 2", "x: y", "x:y", "x:y()", "x.1", "x.y.z = 1", "local t = {} t.x, t.y = 1, 2 return t.x + t.y", "and", "return nil and 1 or 2", "return 1 or error()", "end", "local function end", "return function() end", "@", "$x = 1", "x = 1 `", "return 'a' 'b'", "return \1", "\255", "return a\0b", ";", ";;", "return;", "return 1;", "return 1; x = 2", "local x; ; y = 1", "elseif", "if x then elseif y then else end", "if x then else elseif y then end", "until x", "repeat until true return 5", "local a <const>, b <close> = 1, nil return a", "global x", "global x = 1 return x", "global function f() end return 1", "global *", "global <const> *", "global none x = 1",
} do
  try(text)
end
for _, name in ipairs { "=name", "@file.lua", "a chunk", "two\nlines", "@" .. ("long/"):rep(20) .. "file.lua", "=" .. ("name"):rep(30), ("long text "):rep(20), "" } do
  try("x =", name)
  try("error 'raised'", name)
end
try("return " .. ("("):rep(150) .. "1" .. (")"):rep(150))
try(("do "):rep(150) .. ("end "):rep(150) .. "return 2")
try("local " .. ("x, "):rep(198) .. "y return y")
try("local " .. ("x, "):rep(300) .. "y return y")
try("return " .. ("{"):rep(100) .. ("}"):rep(100))
try("x = " .. ("a."):rep(1000) .. "b")
try("return " .. ("1 .. "):rep(150) .. "1 == nil")
try("return " .. ("1 + "):rep(5000) .. "1")
try("return " .. ("- "):rep(150) .. "1")
try("return function(" .. ("a, "):rep(250) .. "b) end")
try("f(" .. ("1, "):rep(300) .. "1)")

local parts = { "return ", "1 ", "+ ", "2" }
local index = 0
print(pcall(load, function() index = index + 1 return parts[index] end))
index = 0
local f = load(function() index = index + 1 return parts[index] end, "=parts")
print(f and f())
print((select(2, load(function() error "from the reader" end)):gsub("\n.*", "")))
print(pcall(load, function() return {} end))
print(load(function() return nil end) ~= nil)
print(pcall(load), pcall(load, nil), pcall(load, {}))
print(pcall(loadfile, "/nonexistent/file.lua"))
print(pcall(dofile, "/nonexistent/file.lua"))
print(pcall(loadfile, "/"))
local dumped = string.dump((loadstring or load) "local a = ... return a, 'dumped'")
local g, message = (loadstring or load)(dumped, "=dumped")
print(g and g(5), message)
print((loadstring or load)(dumped:sub(1, 20), "=short"))
print((loadstring or load)("\27Lua", "=binary"))
print(pcall(load, "return 1", "=x", "b"), pcall(load, dumped, "=x", "t"), pcall(load, "return 1", "=x", "zz"))
local name = os.tmpname()
local file = io.open(name, "wb")
file:write(dumped)
file:close()
print(assert(loadfile(name))(6))
print(dofile(name))
file = io.open(name, "wb")
file:write("# as a script\n" .. dumped)
file:close()
print(assert(loadfile(name))(7))
os.remove(name)

local env = { y = 5 }
if setfenv then
  local h = loadstring "x = 1 return y, x"
  print(setfenv(h, env) == h, h())
  print(env.x, x, getfenv(h) == env, getfenv(1) == _G, getfenv(print) == _G, getfenv(0) == _G)
  print(pcall(setfenv, 1), pcall(setfenv, print, {}), pcall(setfenv, -1, {}), pcall(setfenv, 100, {}), pcall(getfenv, 100), pcall(getfenv, {}))
  local function inner() return z end
  setfenv(inner, { z = "own" })
  print(inner())
else
  local h = load("x = 1 return y, x", "=env", "t", env)
  print(h())
  print(env.x, x, load("return _ENV == ...", "=env", "t", env)(env), load("local _ENV = { a = 1 } return a")(), pcall(load("local _ENV = nil return a")), pcall(load("a = 1", "=env", "t", setmetatable({}, { __newindex = function() error "locked" end }))))
  local _ENV = { print = print }
  print(tostring)
end
