-- Metatables: which metamethods a version knows, and what they get.

local names = { "add", "sub", "mul", "div", "mod", "pow", "unm", "idiv", "band", "bor", "bxor", "bnot", "shl", "shr", "concat", "len", "eq", "lt", "le", "index", "newindex", "call", "tostring", "name", "pairs", "ipairs", "metatable", "close" }
local function kind(value) return type(value) == "table" and (rawget(value, "name") or "table") or tostring(value) end
local function object(name, fields)
  local metatable = {}
  for _, each in ipairs(fields or names) do
    if each ~= "metatable" and each ~= "name" and each ~= "pairs" and each ~= "ipairs" and each ~= "tostring" then
      metatable["__" .. each] = function(...)
        local parts = {}
        for i = 1, select("#", ...) do parts[i] = kind((select(i, ...))) end
        return each .. "(" .. table.concat(parts, ",") .. ")"
      end
    end
  end
  return setmetatable({ name = name }, metatable)
end

local a, b = object "a", object "b"
for _, text in ipairs { "a + b", "a + 1", "1 + a", "a - b", "a * 2", "a / b", "a % b", "a ^ b", "-a", "a // b", "a & b", "a | 1", "1 ~ a", "~a", "a << 1", "1 >> a", "a .. b", "a .. 'x'", "'x' .. a", "1 .. a", "#a", "a == b", "a ~= b", "a == 1", "a < b", "a <= b", "a > b", "a < 1", "a.field", "a[1]", "a('x', nil)", "a:method(1)" } do
  local f, message = (loadstring or load)("local a, b = ... return " .. text, "=chunk")
  if f then print(text, pcall(f, a, b)) else print(text, message) end
end
print(pcall(function() a.x = 1 return rawget(a, "x") end))

local log = {}
local proxy = setmetatable({}, {
  __index = function(_, key) log[#log + 1] = "get " .. tostring(key) return key end,
  __newindex = function(t, key, value) log[#log + 1] = "set " .. tostring(key) rawset(t, key, value) end,
})
print(proxy.x, proxy[1])
proxy.y = 5
print(proxy.y, rawget(proxy, "x"), table.concat(log, "; "))
local chain = setmetatable({}, { __index = setmetatable({ deep = 1 }, { __index = { deeper = 2 } }) })
print(chain.deep, chain.deeper, chain.none)
local loop = {}
setmetatable(loop, { __index = loop })
print(pcall(function() return loop.x end))
print(pcall(function() local t = setmetatable({}, {}) getmetatable(t).__newindex = t t.x = 1 end))

local protected = setmetatable({}, { __metatable = "locked" })
print(getmetatable(protected), pcall(setmetatable, protected, {}), getmetatable "".__index == string, pcall(setmetatable, 1, {}), pcall(setmetatable, {}), pcall(setmetatable, {}, 1))
local named = setmetatable({}, { __name = "My.Type" })
print((tostring(named):gsub("0x%x+", "ADDRESS")), pcall(function() return named + 1 end), pcall(string.rep, named), pcall(ipairs, nil), (pcall(function() return #named < {} end)))
print(pcall(tostring), tostring(setmetatable({}, { __tostring = function() return "text" end })), pcall(tostring, setmetatable({}, { __tostring = function() return 1 end })))
print(pcall(print, setmetatable({}, { __tostring = function() error "in tostring" end })))
local paired = setmetatable({}, { __pairs = function(t) return function(_, k) k = (k or 0) + 1 if k < 4 then return k, k * k end end, t, nil end, __ipairs = function() return function(_, i) if i < 2 then return i + 1, "ip" end end, nil, 0 end })
for k, v in pairs(paired) do io.write(k, "=", v, " ") end
for k, v in ipairs(paired) do io.write(k, "=", v, " ") end
print()
local indexed = setmetatable({}, { __index = function(_, i) if i < 4 then return i * 10 end end, __len = function() return 3 end })
for i, v in ipairs(indexed) do io.write(i, "=", v, " ") end
print(#indexed, pcall(table.concat, indexed, ","), pcall(table.unpack or unpack, indexed))
local c = setmetatable({}, { __call = function(self, ...) return select("#", ...), ... end })
print(c(), c(1, nil), pcall(c, 2), select("#", c(nil, nil, nil)))
local d = setmetatable({}, { __call = c })
print(pcall(d, 1))
print(pcall(function() local t = setmetatable({}, { __call = 1 }) t() end))
local less = { __lt = function(x, y) return x.v < y.v end }
local x, y = setmetatable({ v = 1 }, less), setmetatable({ v = 2 }, less)
print(x < y, y < x, pcall(function() return x <= y end), pcall(function() return x < 1 end))
print(rawequal(x, y), x == y, pcall(rawlen or print, x), pcall(rawlen or print, 5))
local eq = { __eq = function() return 1 end }
print(setmetatable({}, eq) == setmetatable({}, eq), setmetatable({}, eq) == setmetatable({}, { __eq = function() return true end }))
print(pcall(function() local s = "x" s.y = 1 end), ("x").y, pcall(function() return (1).x end), pcall(function() return nil .. "x" end), pcall(function() local t = {} return t.a.b end), pcall(function() undefinedglobal.x = 1 end), pcall(function() undefinedfunction() end), pcall(function() local t = {} t.x.y.z = 1 end), pcall(function() local t = {} t:method() end), pcall(function() return ("x")() end), pcall(function() return -{} end), pcall(function() return #5 end), pcall(function() return {} .. "x" end), pcall(function() return 1 < "2" end), pcall(function() return nil < 1 end), pcall(function() return 2 ^ {} end))
