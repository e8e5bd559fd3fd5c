-- Encoders and decoders: JSON, MessagePack, INI, base16 to base85, and Lua tables for people.
dofile(arg[0]:match "^(.*/)" .. "../ordered.lua")
local json = require "dkjson"
local pack = require "MessagePack"
local ini = require "inifile"
local base = require "basexx"
local inspect = require "inspect"

-- MessagePack needs math.frexp for floats, which Lua 5.3 has only by compatibility.
local shared = { 1 }
local values = {
  { 1, 2, { x = "y", ["a b"] = true } }, {}, { n = 3, nil, 2 }, { [1] = 1, [3] = 3 }, { a = { b = { c = {} } } },
  "text \n\t\"quoted\" \\ / ", "né €", 0, -1, 1.5, -0.25, true, false, json.null, 127, 128, 255, 256,
  65535, 65536, -32, -33, -128, -129, -32768, -32769, ("x"):rep(31), ("x"):rep(32), ("x"):rep(300), { shared, shared },
  1 / 0, -1 / 0, 0 / 0, print, function() end, coroutine.create(print),
  setmetatable({ 5, 6 }, { __jsontype = "object" }), setmetatable({}, { __jsontype = "array" }),
  setmetatable({}, { __tojson = function() return "1" end }), setmetatable({ a = 1 }, { __jsonorder = { "z", "a" } }),
}
local many = {}
for i = 1, 70 do many[i] = i % 7 == 0 and tostring(i) or i end
values[#values + 1] = many

for _, value in ipairs(values) do
  local ok, text = pcall(json.encode, value, { indent = true, keyorder = { "x", "n" } })
  if ok and text then json.decode(text, 1, json.null) end
  pcall(json.encode, value, { exception = function(reason) return reason and "0" end })
  pcall(json.encode, value, { buffer = { "a" }, bufferlen = 1, level = 2, indent = true })
  local isInteger = math.type(value) ~= "float"
  local packed, bytes = pcall(pack.pack, isInteger and value)
  if packed then assert(pcall(pack.unpack, bytes)) end
  for i = 1, packed and math.min(#bytes - 1, 3) or 0 do pcall(pack.unpack, bytes:sub(1, i)) end
  inspect(value, { depth = 2, newline = "@", indent = ">" })
  inspect(value, { process = function(item, path) return path[#path] ~= inspect.METATABLE and item or nil end })
end
for _, option in ipairs { "string", "binary", "string_compat" } do
  pack.set_string(option)
  pack.unpack(pack.pack { "a", ("b"):rep(40) })
end
pack.set_string "string"
for _, option in ipairs { "with_hole", "without_hole", "always_as_map" } do
  pack.set_array(option)
  for _, value in ipairs { { 1, nil, 3 }, { 1, 2 }, { a = 1 } } do pack.unpack(pack.pack(value)) end
end
for _, option in ipairs { "signed", "unsigned" } do
  pack.set_integer(option)
  for _, n in ipairs { 0, 1, -1, 100, 200, -200, 40000, -40000, 100000, -100000 } do
    assert(pack.unpack(pack.pack(n)) == n)
  end
end
local total = 0
for _, value in pack.unpacker(pack.pack(1) .. pack.pack "two" .. pack.pack { 3 }) do total = total + (value and 1 or 0) end
assert(total == 3)
for byte = 0xcc, 0xdf do
  local is64 = byte == 0xcf or byte == 0xd3 -- more than an integer of the embedded Lua
  if not is64 then pcall(pack.unpack, string.char(byte) .. "\0\0\0\1abcdefghijklmnopq") end
end

for _, text in ipairs {
  '{"a":[1,2,{"b":null}],"c":"\\t\\n"}', "[1,2", "{\"a\" 1}", "nul", "[true,false,null]", "  12e3 ",
  '"\\x"', '"open', "{,}", "[]", "{}", "/* comment */ [1, // two\n 2]", "\239\187\191[1]", "-", "", "[1,,2]", '{"a":1,}',
} do
  json.decode(text)
  json.decode(text, 1, "nothing", nil, nil)
end
assert(json.decode("[1,2,3]")[3] == 3 and json.encode({ 1, 2 }) == "[1,2]" and json.quotestring "a" == '"a"')
assert(json.encode({ a = 1 }, { indent = true }) == '{\n  "a":1\n}')

local parsed = ini.parse("; comment\n[one]\n; inner\na=1\nb = true\nc=text here\n[two]\nd=false\n=bad\n", "memory")
assert(parsed.one.a == 1 and parsed.two.d == false)
assert(ini.save("name", parsed, "memory"):match "%[one%]")
assert(not pcall(ini.parse, "/nonexistent/file"))

for _, text in ipairs { "", "a", "ab", "abc", "Hello World!", "\0\255\128", ("xyz"):rep(20) } do
  for name in pairs(base) do
    if name:match "^to_" then
      local encoded = base[name](text)
      local decode = base[(name:gsub("^to", "from"))]
      if encoded and decode then
        decode(encoded)
        decode(encoded .. "!~ ", "!~")
        decode(encoded .. "\1")
      end
    end
  end
end
assert(base.from_base64(base.to_base64 "Hello") == "Hello" and base.from_hex "4142" == "AB")

local loop = setmetatable({ 1, 2, key = "v", ["not id"] = 1, [true] = 0 }, { __name = "m" })
loop.loop = loop
assert(inspect(loop):match "<1>" and inspect "it's" == '"it\'s"' and inspect 'a"b' == "'a\"b'")
