-- The string library without string.format, which generated cases cover, and utf8.

local function try(f, ...)
  local results = table.pack(pcall(f, ...))
  for i = 1, results.n do
    io.write(type(results[i]) == "string" and ("%q"):format(results[i]) or tostring(results[i]), " ")
  end
  print()
end

try(string.rep, "x", -1)
try(string.rep, "ab", 3, ",")
try(string.rep, "", 10000000)
try(string.rep, "x", 1, "sep")
try(string.rep, "x", "3")
try(string.rep, "x", 1.5)
try(string.rep)
try(string.sub, "hello", 2)
try(string.sub, "hello", -3, -2)
try(string.sub, "hello", 0, 100)
try(string.sub, "hello", 4, 2)
try(string.sub, "hello", -100, 2)
try(string.sub, "hello", 2147483647, -2147483647)
try(string.sub, "hello", "2", "3")
try(string.sub, "hello")
try(string.sub, "hello", 1.5)
try(string.byte, "hello", 2, 4)
try(string.byte, "hello", -1)
try(string.byte, "hello", 10)
try(string.byte, "\0\255", 1, -1)
try(string.byte, "")
try(string.char)
try(string.char, 0, 65, 255)
try(string.char, 256)
try(string.char, -1)
try(string.char, "65")
try(string.char, 65, "x")
try(string.reverse, "a\0b")
try(string.upper, "aé\200z")
try(string.lower, "AÉ\200Z")
try(string.len, "\0\0")
try(string.len, 12)
try(string.len)
try(string.len, {})
try(function() return ("x"):bad() end)
try(function() return #"abc" .. 1 end)
try(function() return ("x").y end)
try(function() local s = "x" s.y = 1 end)

-- Patterns.
local subjects = { "hello world", "", "a.b-c", "  trim  ", "\0zero\0", "THE (quick) fox", "f(a(b)c)d", "2024-01-02", "aaa", "été" }
local patterns = {
  "", "l+", "^h", "d$", "%w+", "(%w+) (%w+)", "()", "(a*(.)%w(%s*))", "[a-c]", "[^a-c]+", "%b()", "%f[%w]%w+", "%s*$", "^%s*(.-)%s*$",
  "%z", "[%z]", "\0", "%d+%-%d+", "a-", "a?", "(a)%1", "[]]", "[^]]", "[a%-]", "[%a_][%w_]*", ".-o", "^$", "%%", "(())", "%f[%z]", "[a-]", "[-a]",
  "%p", "%c", "%x+", "%g+", "%u%l*", "[%s%p]", "$", "$a", "a^", "[é]", "%S", "l*o?",
  -- malformed
  "%", "[", "[a", "[^", "[%", "(", ")", "(()", "%b", "%bx", "%f", "%fa", "%1", "(%1)", "[]", "[^]", "%0", "(a)%2", "[a-%", "a%", "[%a-z]",
}
for _, pattern in ipairs(patterns) do
  for _, subject in ipairs(subjects) do
    try(string.find, subject, pattern)
    try(string.match, subject, pattern, 2)
    try(string.gsub, subject, pattern, "<%0>")
  end
end
try(string.find, "a.b", ".", 2, true)
try(string.find, "abc", "b", -1)
try(string.find, "abc", "", 10)
try(string.find, "abc", "", 4)
try(string.find, "abc", "c", -10)
try(string.find, "a\0b", "\0b", 1, true)
try(string.find, "abc", "b", 2147483647)
try(string.match, "key = value", "(%w+)%s*=%s*(%w+)")
try(string.match, "x", "()x()")
try(string.find, ("a"):rep(300), (("a?"):rep(300)))
try(string.find, ("a"):rep(3000), ".-b")
try(string.match, ("("):rep(40), ("(.)"):rep(33))
try(string.rep, "(", 220)
try(string.find, ("x"):rep(250), ("(x"):rep(250))
try(string.find, ("x"):rep(250), ("x-"):rep(250) .. "y")

for _, replacement in ipairs { "%1", "%0%0", "%%", "%2", "%9", "%x", "%", "", "a%1b", "\0", 12, 1.5 } do
  try(string.gsub, "abc def", "(%w)%w*", replacement)
  try(string.gsub, "abc", "%w", replacement)
end
try(string.gsub, "abc def", "%w+", { abc = "table", def = false })
try(string.gsub, "abc def", "%w+", { abc = 1, def = {} })
try(string.gsub, "abc def", "(%w)(%w)", function(a, b) return b .. a end)
try(string.gsub, "abc", "%w", function(c) return c == "b" and 1.0 or nil end)
try(string.gsub, "abc", "%w", function() return true end)
try(string.gsub, "abc", "%w", function() return {} end)
try(string.gsub, "abc", "%w", function() error "inside" end)
try(string.gsub, "abc", "%w", function() error({}) end and print)
try(string.gsub, "abc", "%w")
try(string.gsub, "abc", "%w", true)
try(string.gsub, "abc", "%w", "x", 2)
try(string.gsub, "abc", "%w", "x", 0)
try(string.gsub, "abc", "%w", "x", -1)
try(string.gsub, "abc", "", "-")
try(string.gsub, "abc", "b*", "-")
try(string.gsub, "abc", "^a", "-")
try(string.gsub, "abc", "$", "-")
try(string.gsub)
try(string.gsub, "x", nil, "y")
try(string.gsub, "hello", "l", setmetatable({}, { __index = function(_, k) return k:upper() end }))
for k, v in ("a=1, b=2, c="):gmatch "(%w+)=(%w*)" do
  io.write(k, "->", v, ";")
end
for w in ("one  two"):gmatch "%a*" do
  io.write("[", w, "]")
end
for p in ("abc"):gmatch "()" do
  io.write(p, " ")
end
print()
try(string.gmatch, "x")
try(function() for _ in ("x"):gmatch "(" do end end)

-- Packing, without the sizes of C's integers.
local function bytes(s)
  return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end))
end
for _, case in ipairs {
  { "b", -1 }, { "B", 255 }, { "<h", -2 }, { ">H", 65535 }, { "<i4", -5 }, { ">I4", 5 }, { "<i8", -5 }, { "<I3", 70000 }, { ">i7", -9 },
  { "<d", 1.5 }, { ">f", -0.25 }, { "<n", 0.1 }, { "z", "hello" }, { "s1", "abc" }, { ">s2", "abc" }, { "<s4", "" }, { "c5", "abc" }, { "c0", "" },
  { "!4 b i4", 1, 2 }, { "<!2 b h x", 1, 2 }, { ">b Xh b", 1, 2 }, { "!8 b Xd d", 1, 2.0 }, { " < i2 > i2 = b", 1, 1, 1 }, { "<i16", -1 }, { ">I16", 3 },
  { "b", 128 }, { "B", 256 }, { "B", -1 }, { "h", 40000 }, { "c2", "abc" }, { "s1", ("x"):rep(256) }, { "i17", 1 }, { "i0", 1 }, { "c", "x" },
  { "y", 1 }, { "X", 1 }, { "Xz", 1 }, { "!3 i4", 1 }, { "!17 b", 1 }, { "b", "x" }, { "b" }, { "d", {} }, { "Xc1", 1 }, { "!4 i3", 1 }, { "i3", 8388608 }, { "I2", 65536 },
} do
  local ok, packed = pcall(string.pack, table.unpack(case))
  print(case[1], ok, ok and bytes(packed) or packed)
  try(string.packsize, case[1])
  if ok then
    try(string.unpack, case[1], packed)
  end
end
try(string.unpack, "<i4", "abc")
try(string.unpack, "<i4", "abcd", 2)
try(string.unpack, "b", "abc", -1)
try(string.unpack, "b", "abc", 4)
try(string.unpack, "b", "abc", 5)
try(string.unpack, "b", "abc", -4)
try(string.unpack, "z", "abc")
try(string.unpack, "z", "abc\0def\0", 3)
try(string.unpack, "zz", "abc\0def\0")
try(string.unpack, "s1", "\5abc")
try(string.unpack, "<I9", "\1\0\0\0\0\0\0\0\1")
try(string.unpack, "<i16", ("\255"):rep(16))
try(string.unpack, "", "x")
try(string.packsize, "s")
try(string.packsize, "z")
try(string.packsize, "i4 i8 d")
try(string.packsize, "!8 b d")
try(string.packsize, "c2147483640c10")

-- utf8
try(utf8.char)
try(utf8.char, 72, 228, 8364, 0x10FFFF, 0x7FF, 0x800)
try(utf8.char, -1)
try(utf8.char, 0x110000)
try(utf8.char, "x")
try(utf8.len, "häß€𐍈")
try(utf8.len, "\xff")
try(utf8.len, "a\x80")
try(utf8.len, "abc", 4)
try(utf8.len, "abc", 5)
try(utf8.len, "abc", -1)
try(utf8.len, "abc", 1, 10)
try(utf8.len, "é", 2)
try(utf8.len, "\u{D7FF}\xed\xa0\x80")
try(utf8.len, "\xf4\x90\x80\x80")
try(utf8.len, "\xc0\x80")
try(utf8.codepoint, "hé€", 1, -1)
try(utf8.codepoint, "hé€", 3)
try(utf8.codepoint, "abc", 4)
try(utf8.codepoint, "abc", 1, 5)
try(utf8.codepoint, "", 1)
try(utf8.codepoint, "\xff")
try(utf8.offset, "hé€x", 3)
try(utf8.offset, "hé€x", -1)
try(utf8.offset, "hé€x", 0, 3)
try(utf8.offset, "hé€x", 1, 3)
try(utf8.offset, "hé€x", 5)
try(utf8.offset, "hé€x", 6)
try(utf8.offset, "abc", 1, 5)
try(utf8.offset, "abc", 1, 10)
try(utf8.offset, "", 1)
for p, c in utf8.codes "hé€𐍈" do
  io.write(p, ":", c, " ")
end
print(("%q"):format(utf8.charpattern))
try(function() for _ in utf8.codes "a\xff" do end end)
try(function() for _ in utf8.codes "\xe2\x82" do end end)
try(utf8.codes)
try(function() return "\u{20AC}\z
   x\x41\065\10" end)
