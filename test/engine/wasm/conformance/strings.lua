-- The string library, with what each version has of it and says of wrong arguments.

local function try(name, ...)
  local f = string[name]
  if not f then return print(name, "is not there") end
  local results = { pcall(f, ...) }
  for i = 1, select("#", ...) + 4 do
    local value = results[i]
    results[i] = type(value) == "string" and string.format("%q", value) or type(value) == "function" and "function" or tostring(value)
  end
  print(name, table.concat(results, " "))
end

local texts = { "", "a", "hello world", "a\0b\0", ("x"):rep(300), "\255\254\1", "  spaces  ", "1,2,,3", "%d %s", "äöü" }
for _, text in ipairs(texts) do
  try("len", text)
  try("upper", text)
  try("lower", text)
  try("reverse", text)
  try("byte", text, 1, 3)
  try("byte", text, -2, -1)
  try("sub", text, 2, -2)
  try("sub", text, -3)
  try("rep", text, 2)
  try("rep", text, 2, ", ")
  try("find", text, "l+")
  try("find", text, "", 10)
  try("find", text, "", 100)
  try("find", text, ",", 1, true)
  try("match", text, "^(%w+)%s*(.-)$")
  try("match", text, "()%w()")
  try("match", text, "%f[%w]%w+")
  try("gsub", text, "%w", "<%0>")
  try("gsub", text, "%s+", "", 1)
  try("gsub", text, "(%w)(%w)", "%2%1")
  try("gsub", text, "%w", { a = "A", h = false })
  try("gsub", text, "%w", function(c) if c == "l" then return "L" end end)
end

for _, pattern in ipairs { "[", "%", "(", ")", "(()", "%b", "%bx", "%f", "[%", "[a-", "a-", "^*", "%1", "(%1)", "[^]", "[]]", "[]-a]", "[a-%z]", "%g+", "%z", "\0", "a\0b" } do
  try("find", "a[b]c-(d)%e^f", pattern)
  try("gsub", "a[b]\0c", pattern, "x")
end
try("gsub", "abc", "%w", "%2")
try("gsub", "abc", "%w", "%")
try("gsub", "abc", "%w", true)
try("gsub", "abc", "%w", function() return {} end)
try("gsub", "abc", "%w", { a = {} })
try("gsub", "abc", "%w")
try("rep", "x", -1)
try("rep")
try("rep", "x")
try("rep", "x", "y")
try("char", 65, 0, 255)
try("char", 256)
try("char", -1)
try("char")
try("byte", {})
try("sub")
try("len", 12.5)
try("find", nil, "x")
try("gmatch", "x")
try("format")
try("dump", print)
try("dump", 1)

for word, at in ("one two  three"):gmatch("(%a+)()") do io.write(word, "@", at, " ") end
print()
for text in ("abc"):gmatch("") do io.write("[", text, "]") end
print()
print(("x"):rep(3, "-"), #("y"):rep(1000, ","), ("%5s|%-5s|%.2s"):format("ab", "ab", "abc"))

local formats = {
  "%d", "%5d", "%-5d|", "%05d", "%+d", "% d", "%i", "%u", "%x", "%X", "%#x", "%o", "%c", "%e", "%E", "%f", "%.3f", "%10.2f|", "%g", "%G",
  "%.20g", "%.0f", "%5.1f", "%+.3e", "%#.0f", "%s", "%10s", "%-10s|", "%.1s", "%%", "%q", "%5%", "%y", "%", "%10", "%.123f", "%0100d", "%.99f",
  "%w", "%#g", "%-+ #0d", "%-+ #0-d",
}
for _, form in ipairs(formats) do
  for _, value in ipairs { 0, 1, -1, 42, 255, 3, 1e15, 2.5, -0.125, 1e300, "7", "x", "0x10" } do
    try("format", form, value)
  end
  try("format", form)
  try("format", form, {})
  try("format", form, true)
  try("format", form, nil)
end
print(pcall(string.format, "%q", "a\nb\r\0c\0001\"\\\t\200"))
print(pcall(string.format, "%s %s", 1, nil, 3))
print(pcall(string.format, "%s", setmetatable({}, { __tostring = function() return "object" end })))
print(pcall(string.format, "%s", setmetatable({}, { __tostring = function() return 1 end })))
print(pcall(string.format, "%d", "3.0"), pcall(string.format, "%d", 3.5), pcall(string.format, "%d", "3.5"))
print(pcall(string.format, "%x", -1) and #string.format("%x", -1))
print(("x" .. 1 .. 2.5 .. -0.0 .. 1e100 .. 2 ^ 53), 10 .. "", -1 .. "")
print(((loadstring or load)([[return #"\65\066\z
  x" ]]) or print)())
print("a" < "b", "a" < "A", "" < "a", "a\0b" < "a\0c", "Z" < "a", "\255" > "a", "10" < "9")
print(pcall(function() return "a" < 1 end), pcall(function() return {} < {} end), pcall(function() return "a" + 1 end), "10" + 5, "0x10" + 0, " 7 " * 1, pcall(function() return "abc" .. {} end))

local function pack(...) local results = { pcall(string.pack, ...) } print(results[1], results[1] and string.format("%q", results[2]) or results[2]) end
if string.pack then
  for _, form in ipairs { "b", "B", "h", "H", "i4", "I4", "<i8", ">i8", "=I3", "j", "J", "f", "d", "n", "i16", "i17", "i0", "s4", "s1", "z", "!8 b Xi8", "c5", "xb", "l", "L", "l4", "!8 b Xl" } do
    pack(form, 100)
    pack(form, -2)
    pack(form, "text")
    print(pcall(string.packsize, form))
    print(pcall(string.unpack, form, "\1\2\3\4\5\6\7\8\9\10\11\12\13\14\15\16"))
  end
end
if utf8 then
  print(utf8.char(72, 228, 8364, 0x10FFFF), utf8.charpattern, utf8.len("häß"), utf8.len("\255"), utf8.codepoint("h€", 1, -1), utf8.offset("h€x", 3))
  for at, code in utf8.codes("a€b") do io.write(at, ":", code, " ") end
  print(pcall(function() for _ in utf8.codes("a\255") do end end), pcall(utf8.char, -1), pcall(utf8.codepoint, "abc", 10))
end
