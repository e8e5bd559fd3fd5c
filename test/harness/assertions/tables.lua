-- How messages show tables, and where they mark the difference.
local try = dofile(arg[0]:match "^(.*/)" .. "support/try.lua")
local luassert = require "luassert"
local binary = require "luassert.formatters.binarystring"

local function deep(n, leaf)
  local t = { leaf }
  for _ = 2, n do t = { t } end
  return t
end

local function long(n, last)
  local t = {}
  for i = 1, n do t[i] = i % 7 end
  t[n] = last
  return t
end

local function cycle(...)
  local t = { ... }
  t.self = t
  return t
end

local function ring(n, leaf)
  local first = {}
  local t = first
  for i = 2, n do t.next = { i == n and leaf or nil } t = t.next end
  t.next = first
  return first
end

local equal = { __eq = function(a, b) return a.id == b.id end }
local function object(id, x) return setmetatable({ id = id, x = x }, equal) end
local shared = { 1 }

local pairs_ = {
  { {}, {} }, { {}, { 1 } }, { { 1 }, {} }, { { 1, 2, 3 }, { 1, 2, 4 } }, { { 1, 2, 3 }, { 1, 2 } }, { { nil, 2 }, { 1, 2 } },
  { deep(2, 1), deep(2, 2) }, { deep(3, 1), deep(3, 2) }, { deep(4, 1), deep(4, 2) }, { deep(9, 1), deep(9, 2) },
  { deep(5, 1), deep(4, 1) }, { deep(200, 1), deep(200, 2) },
  { long(40, "a"), long(40, "b") }, { long(300, 1), long(300, 2) }, { long(20), long(21) },
  { { a = { b = { 1, 2, { c = "x" } } } }, { a = { b = { 1, 2, { c = "y" } } } } },
  { { [{}] = 1 }, { [{}] = 1 } }, { { [shared] = 1 }, { [shared] = 2 } }, { { [print] = 1 }, { [print] = 2 } },
  { { [true] = 1, [false] = 2, [1] = 3, [-1] = 4, [1.5] = 5, x = 6, [100] = 7 }, 1 },
  { { [io.stdout] = 1, [print] = 2, [shared] = 3, x = 4, [0] = 5 }, 1 },
  { { "a", "a\nb", "\0\3\255", "'" }, { "a" } }, { { 1 / 0, -1 / 0, 0.1, 1e15, 1e100, 2 ^ 31, 123456789012.5 }, 1 },
  { { 0 / 0 }, { 0 / 0 } }, { { print, io.stdout, coroutine.create(function() end) }, { print } },
  { { 1, 1.0 }, { 1.0, 1 } }, { { [1] = 1 }, { ["1"] = 1 } }, { { "1" }, { 1 } },
  { cycle(1), cycle(1) }, { cycle(1), cycle(2) }, { cycle(cycle(1)), cycle(cycle(2)) }, { cycle(), { self = {} } },
  { cycle(1), { 1, self = cycle(1) } }, { cycle(1), { 1, self = { 1, self = cycle(1) } } }, { cycle(1), { 1, self = { 2 } } },
  { ring(3), ring(3) }, { ring(2), ring(4) }, { ring(3, 1), ring(3, 2) }, { ring(2, 1), ring(6, 1) }, { ring(2), ring(3) },
  { { shared, shared }, { shared, { 1 } } }, { { shared, shared }, { { 1 }, { 2 } } },
  { object(1, 2), object(1, 3) }, { object(1, 2), object(2, 2) }, { { object(1, 2) }, { object(1, 3) } },
  { { object(1, 2) }, { object(2, 2) } }, { object(1, 2), { id = 1, x = 2 } }, { object(1, { 1 }), object(1, { 2 }) },
  { setmetatable({}, { __index = { a = 1 } }), { a = 1 } }, { { a = 1 }, setmetatable({}, { __index = { a = 1 } }) },
  { setmetatable({ 1 }, { __metatable = "locked" }), { 2 } }, { setmetatable({ 1 }, { __metatable = false }), { 2 } },
  { setmetatable({ 1 }, { __tostring = function() return "named" end }), { 2 } },
  { { setmetatable({ 1 }, { __tostring = function() return "named" end }) }, { 2 } },
  { setmetatable({ 1 }, { __len = function() return 5 end }), { 2 } },
  { setmetatable({ x = 1, y = 2 }, { __pairs = function() return next, { z = 3 } end }), 1 },
  { setmetatable({}, { __pairs = function() return next, { z = 3 } end }), 1 },
  { setmetatable({ 1 }, { __newindex = error, __gc = error, __mode = "k" }), 1 },
  { { a = "text" }, "text" }, { {}, nil }, { { n = 1 }, { n = 1.5 } }, { { { { { {} } } } }, 1 }, { { {}, {} }, { {}, { {} } } },
}

local function each(title)
  for i, pair in ipairs(pairs_) do
    for _, form in ipairs { "same", "not_same", "equal" } do
      try(table.concat({ title, form, i }, " "), luassert[form], pair[1], pair[2])
      try(table.concat({ title, form, i, "swapped" }, " "), luassert[form], pair[2], pair[1])
    end
    try(table.concat({ title, "error", i }, " "), luassert.error, function() error(pair[1], 0) end, pair[2])
  end
end

try("default parameters", function()
  return luassert:get_parameter "TableFormatLevel", luassert:get_parameter "TableFormatShowRecursion",
    luassert:get_parameter "TableErrorHighlightCharacter", luassert:get_parameter "TableErrorHighlightColor",
    luassert:get_parameter "Unknown"
end)
each "by default"
luassert:set_parameter("TableFormatShowRecursion", true)
luassert:set_parameter("TableFormatLevel", -1)
each "all levels"
luassert:set_parameter("TableFormatLevel", 0)
each "no level"
luassert:set_parameter("TableFormatLevel", 1)
luassert:set_parameter("TableErrorHighlightCharacter", "=>")
each "another mark"
luassert:set_parameter("TableErrorHighlightCharacter", "====>")
each "a long mark"
luassert:set_parameter("TableErrorHighlightCharacter", "")
each "no mark"
luassert:set_parameter("TableErrorHighlightCharacter", nil)
try("no mark at all", luassert.same, { 1 }, { 2 })
luassert:set_parameter("TableFormatLevel", 3)
luassert:set_parameter("TableErrorHighlightCharacter", "*")

for i, text in ipairs { "", "a", "0123456789abcdef", "0123456789abcdef0", ("x"):rep(40), "\0\1\31\32\127\128\255\n\t" } do
  try("binary " .. i, binary, text)
end
for _, value in ipairs { 1, {}, true } do try("binary of a " .. type(value), binary, value) end
luassert:add_formatter(binary)
try("with the binary formatter", luassert.equal, "a\nb", "c")
try("with the binary formatter, in a table", luassert.same, { "a" }, { "b" })
luassert:remove_formatter(binary)
try("without it", luassert.equal, "a\nb", "c")
