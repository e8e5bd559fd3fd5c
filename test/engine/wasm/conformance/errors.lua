-- Errors: messages with names of variables, levels, handlers and tracebacks.

local function try(text, ...)
  local f, message = (loadstring or load)(text, "=chunk")
  if not f then return print("no", message) end
  print(pcall(f, ...))
end

for _, text in ipairs {
  "local a a()", "local a a.b.c()", "a()", "a.b()", "a.b.c = 1", "local t = {} t.x()", "local t = {} t:x()", "local t = {} t[1]()", "local t = {} t[{}]()", "local t = {} t.x.y = 1", "local t = {x = {}} t.x.y.z = 1", "local a = 1 a.x = 1", "local a = 'x' a.b.c = 1", "local a = true return a.x", "return nil + 1", "local a return a + 1", "return a + 1", "return 1 + a", "local t = {} return t.x + 1", "return {} + 1", "return 'x' + 1", "local s = 'x' return s * 2", "return 1 .. nil", "local a return 'x' .. a", "return a .. 'x'", "return {} .. {}", "return #nil", "local a return #a", "return #a.b", "return -{}", "local a = {} return -a", "return 1 < 'x'", "return {} < {}", "return {} < 1", "return nil > 1", "return a <= 1", "return 2 ^ {}", "return 1 % {}", "return 1 // {}", "return 1.5 & 1", "return 'x' & 1", "local a = 1.5 return a | 1", "return a & 1", "return ~{}", "return 1 << 'x'", "for i = 1, 'x' do end", "for i = {}, 1 do end", "for i = 1, 2, {} do end", "for k in 1 do end", "for k in nil do end", "local f for k in f do end", "local up local function f() up() end f()", "local up local function f() up.x = 1 end f()", "local up local function f() return up + 1 end f()", "error()", "error(nil)", "error('text')", "error('text', 0)", "error('text', 1)", "error('text', 2)", "error({})", "error(5)", "error(true)", "local function f() error('two', 2) end f()", "local function f() error('three', 3) end local function g() f() end g()", "assert(false)", "assert(nil, 'message')", "assert(false, {})", "assert(1, 2)", "assert()", "return assert(1, 'two', 3)", "string.rep()", "('x'):rep({})", "('x'):bad()", "string.rep('x', -1, 5, 6)", "math.floor({})", "math.floor()", "io.open({})", "setmetatable(1, 2)", "local t = setmetatable({}, {__index = function(t, k) error('index ' .. k) end}) return t.x", "local t = setmetatable({}, {__add = function() error('add', 2) end}) return t + 1", "table.concat({{}})", "table.concat({1, {}, 3})", "table.sort({1, 'x'})", "table.insert(nil, 1)", "string.char(-1)", "tostring()", "tonumber()", "ipairs()", "pairs(nil)", "next({}, 1)", "rawset(1, 2, 3)", "select(0)", "pcall()", "xpcall()", "xpcall(print)", "unpack()", "require()", "require {}", "module()", "collectgarbage('bad')", "coroutine.resume()", "debug.getinfo('x')", "debug.sethook(1)", "os.date('*t', {})", "os.time('x')", "local x <close> = 1", "goto x", "return math.tointeger('x')", "utf8.char(-1)", "local a = {} a[nil] = 1", "local a = {} a[0/0] = 1", "return ('x')[1][2]", "return (nil)[1]", "return (1)()", "return ({})()", "return (function() end)().x", "local a = 'x' return a.y.z", "a = {} a.b.c.d = 1", "return math.x.y", "return string.x()", "return math.x()", "return _G.x.y", "_G.x()", "_ENV.x()", "local a <const> = nil a()", "local s = 'abc' s:nope()", "local t = {f = {}} t.f.g()", "local t = {} t.a.b.c()", "return 1 + nil", "return 10 < nil", "local x = 5 x()", "local x = 5 x.y()", "return -nil", "return nil .. 'x'", "return 2^53 & 1.5", "return 1 // 0", "return 1 % 0",
} do
  try(text)
end

print(xpcall(function() error "a" end, function(e) return "handled " .. e end))
print(xpcall(function() error "a" end, function(e) error "b" end))
print(xpcall(function() local x = nil; x() end, function(e) return e end))
print(xpcall(function(...) return select("#", ...), ... end, print, 1, nil))
print(pcall(xpcall, print, nil), pcall(xpcall, nil, print))
print(pcall(pcall, error, "x"))
print(pcall(error, setmetatable({}, { __tostring = function() return "object" end })))
print(select("#", pcall(error)))
local function level3() error("at 3", 3) end
local function level2() level3() end
local function level1() level2() end
print(pcall(level1))

local function stripped(text) return (text:gsub("\n\t%[C%]: in function 'xpcall'.*", ""):gsub("\n\t%[C%]: in %?$", ""):gsub("\n\t%[C%]: %?$", "")) end
local function traced(f, ...) local _, trace = xpcall(f, debug.traceback, ...) print(type(trace) == "string" and stripped(trace) or trace) end
local function thrower(n) if n == 0 then error "thrown" end thrower(n - 1) return 1 end
local t = { method = function() thrower(1) return 1 end, nested = { f = function() thrower(0) return 1 end } }
global_function = function() t.method() return 1 end
traced(thrower)
traced(function() thrower(2) return 1 end)
traced(function() t:method() return 1 end)
traced(function() t.nested.f() return 1 end)
traced(function() global_function() return 1 end)
traced(function() return thrower(1) end)
traced(function() table.sort({ 3, 2, 1 }, function() error "compare" end) end)
traced(function() ("x"):gsub(".", function() error "replace" end) end)
traced(function() local s = "x" s:bad() end)
traced(function() string.rep() end)
traced(function() for _ in (function() error "iterator" end) do end end)
traced(function() return setmetatable({}, { __add = function() error "meta" end }) + 1 end)
traced(function() return setmetatable({}, { __index = function() error "index" end }).x end)
traced(function() return #setmetatable({}, { __len = function() error "len" end }) > 0 end)
traced(function() tostring(setmetatable({}, { __tostring = function() error "tostring" end })) end)
traced(function() (loadstring or load)("error 'in chunk'", "=other")() end)
traced(function() (loadstring or load)("local function f() error 'in chunk' end f()", "@other.lua")() end)
traced(function() (loadstring or load)("\n\nerror 'in text'")() end)
traced(function() error { "table" } end)
traced(function() error() end)
traced(function() coroutine.wrap(function() error "in coroutine" end)() end)
traced(function() pcall(error) error "after pcall" end)
traced(function() require "no.such.module.at.all" end == nil)
traced(function() thrower(40) return 1 end)
print((stripped(debug.traceback "plain"):gsub("\n.*", "")), debug.traceback({}) ~= nil, debug.traceback(nil), debug.traceback(5))
local function overflow() return 1 + overflow() end
local ok, message = pcall(overflow)
print(ok, (message:gsub("^(.-:%d+: stack overflow).*", "%1")))
local function deeppcall(n) if n == 0 then error "deep" end return select(2, pcall(deeppcall, n - 1)) end
print(deeppcall(50))
