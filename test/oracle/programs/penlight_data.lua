-- Tables, files in strings, XML, comprehensions, placeholders, dates and classes of Penlight.
dofile(arg[0]:match "^(.*/)" .. "../ordered.lua")
local array2d, config, data, Date = require "pl.array2d", require "pl.config", require "pl.data", require "pl.Date"
local input, stringio, xml, permute = require "pl.input", require "pl.stringio", require "pl.xml", require "pl.permute"
local func, class, template = require "pl.func", require "pl.class", require "pl.template"
local comprehension, luabalanced = require "pl.comprehension".new(), require "pl.luabalanced"
local pretty, stringx, tablex, utils = require "pl.pretty", require "pl.stringx", require "pl.tablex", require "pl.utils"

assert(comprehension "x^2 for x" { 1, 2, 3 }[3] == 9)
assert(comprehension "sum(x for x)" { 1, 2, 3 } == 6)
assert(comprehension "{x,y} for x for y if x < y" ({ 1, 2 }, { 2, 3 })[1][2] == 2)
assert(comprehension "table(x,x+1 for x=1,3)" ()[2] == 3)
pcall(comprehension, "x for")
for _, text in ipairs { "(a + b) c", "[[x]] y", "'s' z", "f{1,2}", "function() end x", "a.b:c()", "-- c\n x", "" } do
  for _, name in ipairs { "match_string", "match_bracketed", "match_expression", "match_namelist", "match_explist" } do
    pcall(luabalanced[name], text)
    pcall(luabalanced[name], text, 2)
  end
  pcall(luabalanced.gsub, text, function(_, s) return s end)
end

local matrix = { { 1, 2, 3 }, { 4, 5, 6 } }
assert(array2d.column(matrix, 2)[2] == 5)
for _, spec in ipairs { "A1", "R1C2", "A1:B2", "R1C1:R2C2", "x" } do
  pcall(array2d.parse_range, spec)
  pcall(array2d.range, matrix, spec)
end
for _, way in ipairs { "reduce_rows", "reduce_cols", "map", "map2", "product", "flatten", "reshape" } do
  pcall(array2d[way], "+", matrix, matrix)
  pcall(array2d[way], matrix, 3, 2)
  pcall(array2d[way], 1, 1, "+", matrix, matrix)
end
local sum = 0
for _, _, value in array2d.iter(matrix, true, 1, 1, 2, 2) do sum = sum + (value or 0) end
assert(sum > 0 and array2d.new(2, 2, 0)[2][2] == 0)

local settings = stringio.open "# c\n[top]\nx = 1\ny = a,b,c\nz = \"q\"\nlong = a \\\n b\n[other]\nw=true\n"
local read = config.read(settings)
assert(read.top.x == 1 and read.top.y[2] == "b" and read.other.w)
for _, options in ipairs { { keysep = ":" }, { variabilize = false }, { list_delim = ";" }, { smart = true } } do
  pcall(config.read, stringio.open "a:1\nb = 2;3\nc 5\n[s t]\nd = 1m", options)
end
local rows = data.read(stringio.open "Name,Age\nAnn,30\nBob,25\nCy,41\n")
assert(#rows == 3 and rows:column_by_name "Age"[2] == 25)
for _, query in ipairs { "Name where Age > 26", "Name,Age where Age < 40 sort by Age", "Nothing", "Name sort by" } do
  pcall(function() for _ in rows:select(query) do sum = sum + 1 end end)
  pcall(function() return rows:select_row(query) end)
  pcall(function() return rows:copy_select(query) end)
end
pcall(function() rows:write_row(stringio.create(), rows[1]) end)
for _, text in ipairs { "1 2 3\n4 5 6\n", "a\tb\n1\t\"x y\"\n", "x;y\n1;\n", "" } do
  pcall(data.read, stringio.open(text))
  pcall(data.read, stringio.open(text), { delim = ";", csv = true, no_convert = true, last_field_collect = true })
end
for value in input.numbers(stringio.open "1 2.5\n3") do sum = sum + value end
for a, b in input.fields({ 1, 2 }, ",", stringio.open "1,2,3\n4,5,6\n") do sum = sum + (a and b and 1 or 0) end
for _, word in ipairs { 1 } do for each in input.words(stringio.open "some words") do assert(word and each) end end
local out = stringio.create()
out:writef("%d", 5)
out:write("x", 1)
assert(out:value() == "5x1")
for _, format in ipairs { "*n", "*l", "*a", "*L", 3 } do pcall(function() return stringio.open "12 ab\ncd":read(format) end) end
for line in stringio.open "a\nb":lines() do assert(#line == 1) end

for _, text in ipairs {
  "<a x='1'><b>t</b><b/>u &amp; v</a>", "<a><!-- c --><b k=\"v\">1</b></a>", "<a>", "text", "<a/><b/>", "<?xml version='1.0'?><a/>",
} do
  for _, html in ipairs { false, true } do
    local ok, document = pcall(xml.parse, text, false, true)
    if html then ok, document = pcall(xml.parsehtml, text) end
    if ok and document then
      pcall(xml.tostring, document, "", "  ", " ", true)
      for _, method in ipairs { "get_text", "get_attribs", "first_childtag", "childtags", "maketags", "children", "text" } do
        pcall(document[method], document)
      end
      pcall(document.get_elements_with_name, document, "b")
      pcall(document.match, document, "<a><b>$x</b></a>")
      pcall(document.match, document, "<a>{{<b k='$k'>$v</b>}}</a>")
      pcall(document.walk, document, true, function(tag) return tag end)
      pcall(document.filter, document, function(s) return s:upper() end)
      pcall(function() return xml.compare(document, xml.clone(document)) end)
    end
  end
end
local built = xml.new("r", { k = "v" }):addtag("s"):text("t"):up():add_child(xml.new "e")
assert(tostring(xml.elem("x", { xml.elem "y", "z", a = 1 })) and tostring(built or "") and xml.is_tag(xml.new "q"))
pcall(function() local a, b = xml.tags "a,b" return a { b "1", b "2", k = 1 } end)
pcall(function() return xml.new "l":subst { { n = 1 }, { n = 2 } } end)

local count = 0
for _ in permute.order_iter { 1, 2, 3 } do count = count + 1 end
for _ in permute.list_iter({ 1, 2 }, { 3 }, { 4, 5 }) do count = count + 1 end
assert(count == 10 and #permute.order_table { 1, 2 } == 2 and #permute.list_table({ 1 }, { 2, 3 }) == 2)

local _1, _2, I, bind1 = func._1, func._2, func.I, func.bind1
assert(I(_1 + _2 * 2)(1, 2) == 5 and tostring(_1 .. _2) and bind1(math.max, 5)(3) == 5 and func.compose(I(_1 + 1), I(_1 * 2))(3) == 7)
pcall(function() return I(_1.x, -_1, _1 .. "s", _1 % 2, _1 ^ 2, func.Not(_1), func.Or(_1, _2), func.Len(_1))({ x = 1 }) end)

local Base = class()
function Base:_init(x) self.x = x end
function Base.__tostring(self) return "Base " .. self.x end
function Base:_post_init() self.done = true end
class.Derived(Base)
local Derived = class(Base)
function Derived:_init(x) self:super(x + 1) end
assert(Derived(1).x == 2 and Derived(1):is_a(Base) and Base:class_of(Derived(1)))
local Props = class(class.properties)
function Props:get_name() return "n" end
function Props:set_name(value) self._name = value end
local props = Props()
props.name = 5
assert(props._name == 5 and props.name == "n" and not pcall(class, 5, 5, 5))
Base:catch(function(_, key) return key end)
assert(Base(1).anything == "anything" and Base:cast({ x = 1 }).x == 1)

local compiled = assert(template.compile("# for i = 1, 2 do\n$(i)$(f())\n# end\n", { debug = true, chunk_name = "t" }))
assert(compiled:render({ f = function() return "!" end }, nil, true):match "1!")
for _, text in ipairs { "$(x", "# for", "$(nil)", "plain", "$x", "# if _ then\na\n# else\nb\n# end" } do
  pcall(template.substitute, text, { x = 1, _parent = _G, _inline_escape = "$", _brackets = "()" })
end
for _, format in ipairs { "yyyy-mm-dd", "dd/mm/yy HH:MM", "d mmm yyyy", "M" } do
  local ok, parser = pcall(Date.Format, format)
  for _, text in ipairs { "2020-02-29", "01/02/20 10:30", "5 Mar 2021", "nonsense", "" } do
    local date = ok and parser:parse(text)
    if date then pcall(parser.tostring, parser, date) end
  end
end
local anything = Date.Format()
for _, text in ipairs { "2010-05-10T12:00:00Z", "May 10 2010", "10/5/2010", "12:30pm", "Friday", "next week", "1 Jan", "x" } do
  pcall(anything.parse, anything, text)
end
local date = Date { year = 2020, month = 1, day = 31, hour = 12 }
date:add { month = 1 }
date:add { day = -3 }

for _, value in ipairs { { 1, 2, { 3 } }, { a = 1, ["b c"] = { d = "x\ny" } }, { [1.5] = true, [print] = 1 }, "s", 5, {} } do
  pcall(pretty.write, value, " ", true)
  pcall(pretty.write, value, "")
end
for _, text in ipairs { "{1,{2}}", "{f()}", "{", "return 1", "-- while", "{x='while'}" } do
  pcall(pretty.read, text)
  pcall(pretty.load, text, {}, true)
end
for _, n in ipairs { 5, 5000, 5000000, 123456 } do for _, kind in ipairs { "N", "T", "M" } do pcall(pretty.number, n, kind) end end
for _, n in ipairs { 0, 5, 20 } do pcall(stringx.shorten, "some long text here", n, n == 5) end
assert(stringx.format_operator or true)
assert(tablex.compare_no_order({ 1, 2, 3 }, { 3, 2, 1 }) and utils.choose(true, 1, 2) == 1 and utils.pack(1, nil).n == 2)
