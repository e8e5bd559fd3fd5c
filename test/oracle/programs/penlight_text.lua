-- Strings, templates, lexers, pretty printing and dates of Penlight.
dofile(arg[0]:match "^(.*/)" .. "../ordered.lua")
local stringx = require "pl.stringx"
local pretty = require "pl.pretty"
local template = require "pl.template"
local lexer = require "pl.lexer"
local sip = require "pl.sip"
local text = require "pl.text"
local types = require "pl.types"
local url = require "pl.url"
local class = require "pl.class"

assert(stringx.strip "  x  " == "x")
assert(stringx.split("a b c")[2] == "b")
assert(stringx.startswith("hello", "he") and stringx.endswith("hello", "lo"))
assert(stringx.replace("banana", "a", "o", 2) == "bonona")
assert(stringx.center("x", 5) == "  x  ")
assert(#stringx.splitlines "a\nb\nc" == 3)
assert(stringx.partition("a=b", "=") == "a")
assert(stringx.title "some words here" == "Some Words Here")
assert(pretty.write({ 1, 2, { x = 3 } }, "") == "{1,2,{x=3}}")
assert(pretty.read "{1,2,{x=3}}"[3].x == 3)
assert(not pcall(error, pretty.read "{ print() }") or true)

local result = template.substitute([[
# for i = 1, 3 do
<li>$(i)</li>
# end
]], { _escape = "#" })
assert(result:match "<li>3</li>")

local tokens = 0
for kind, value in lexer.lua [[local x = 10 -- comment
return x + "s"]] do
  assert(kind and value)
  tokens = tokens + 1
end
assert(tokens > 5)

local found = {}
assert(sip.match("$v{name} = $d{n}", "answer = 42", found) and found.n == 42)
assert(text.dedent "    one\n    two\n" == "one\ntwo\n")
assert(types.is_callable(print) and types.is_empty {} and not types.is_empty { 1 })
assert(url.unquote(url.quote "a b&c") == "a b&c")

local Animal = class()
function Animal:_init(name) self.name = name end
function Animal:speak() return "?" end
local Dog = class(Animal)
function Dog:speak() return self.name .. " barks" end
local dog = Dog "Rex"
assert(dog:speak() == "Rex barks" and Animal:class_of(dog) and dog:is_a(Animal))
assert(not pcall(function() return dog.missing.field end))
