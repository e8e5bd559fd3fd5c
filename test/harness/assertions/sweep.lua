-- Every assertion, as it is and negated, with arguments of every kind.
local try = dofile(arg[0]:match "^(.*/)" .. "support/try.lua")
local luassert = require "luassert"
require "luassert.spy"
require "luassert.stub"

local named = setmetatable({ 1 }, { __tostring = function() return "an object" end })
local callable = setmetatable({}, { __call = function() error "called" end })
local equal = { __eq = function() return true end }
local thread = coroutine.create(function() end)
local recursive = { 1 }
recursive.self = recursive

local function fails() error("failed: 12", 0) end
local function failstable() error({ code = 1 }, 0) end
local function failsnil() error() end
local function works() return "fine" end

local arguments = {
  { n = 0 },
  { n = 1 },
  { n = 2 },
  { n = 3 },
  { n = 1, false },
  { n = 1, true },
  { n = 2, true, "a message" },
  { n = 2, false, "a message" },
  { n = 2, nil, "a message" },
  { n = 3, 1, 1, "a message" },
  { n = 3, 1, 2, "a message" },
  { n = 3, 1, 2, named },
  { n = 3, 1, 2, 12 },
  { n = 3, 1, 2, { reason = "a table" } },
  { n = 3, 1, 2, false },
  { n = 4, 1, 2, nil, "a message" },
  { n = 5, 1, 2, 3, 4, 5 },
  { n = 2, 1, 1.0 },
  { n = 2, 1, "1" },
  { n = 2, 0.1, 0.3 },
  { n = 2, 0 / 0, 0 / 0 },
  { n = 2, 1 / 0, -1 / 0 },
  { n = 2, -0.0, 0 },
  { n = 2, 1e100, 2 ^ 53 },
  { n = 3, 1, 1.5, 0.5 },
  { n = 3, 1, 1.5, 0.25 },
  { n = 4, "1", "1.5", "0.25", "a message" },
  { n = 3, "one", 1, 1 },
  { n = 3, 1, {}, 1 },
  { n = 3, 1, 1, {} },
  { n = 2, "", "a" },
  { n = 2, "a", "a" },
  { n = 2, "b+", "abbbc" },
  { n = 2, "(b+)(c)", "abbbc" },
  { n = 2, "()b", "abbbc" },
  { n = 3, "b", "abbbc", 5 },
  { n = 3, "b", "abbbc", "2" },
  { n = 4, "b+", "ab+", 1, true },
  { n = 4, "b+", "abb", 1, true },
  { n = 5, "b+", "abb", 1, true, "a message" },
  { n = 3, "z", "abb", "a message" },
  { n = 4, "z", "abb", "a message", 2 },
  { n = 4, "z", "abb", "a message", {} },
  { n = 3, "z", "abb", {} },
  { n = 2, "%", "abb" },
  { n = 2, "object", named },
  { n = 2, 12, "12" },
  { n = 2, "1", 12 },
  { n = 2, "x", {} },
  { n = 2, "a\0b\255", "a\0b\254" },
  { n = 2, "two\nlines", "two\r\nlines" },
  { n = 1, {} },
  { n = 2, {}, {} },
  { n = 2, { 1, 2 }, { 1, 2 } },
  { n = 2, { 1, 2 }, { 1, 3 } },
  { n = 2, { 1, { 2, { 3 } } }, { 1, { 2, { 4 } } } },
  { n = 3, { 1 }, { 1, 2 }, "a message" },
  { n = 2, { 1, 2 }, { 1 } },
  { n = 2, { a = 1 }, { b = 1 } },
  { n = 2, { a = { b = { c = { d = { e = 1 } } } } }, { a = { b = { c = { d = { e = 2 } } } } } },
  { n = 2, { false }, {} },
  { n = 2, { [1.5] = true, [false] = 1 }, { [1.5] = true, [false] = 2 } },
  { n = 2, recursive, recursive },
  { n = 2, setmetatable({}, equal), setmetatable({ 1 }, equal) },
  { n = 2, { setmetatable({}, equal) }, { setmetatable({ 1 }, equal) } },
  { n = 2, setmetatable({ 1 }, { __metatable = "locked" }), { 2 } },
  { n = 2, named, { 1 } },
  { n = 2, { 1, 1 }, true },
  { n = 3, { { 1 }, { 1 } }, true, "a message" },
  { n = 3, { { 1 }, { 1 } }, "a message", true },
  { n = 3, { { 1 }, { 1 } }, nil, "a message" },
  { n = 2, { { 1 }, { 1 } }, "a message" },
  { n = 1, print },
  { n = 1, works },
  { n = 1, fails },
  { n = 1, failsnil },
  { n = 1, failstable },
  { n = 1, callable },
  { n = 2, works, "failed: 12" },
  { n = 2, fails, "failed: 12" },
  { n = 2, fails, "failed" },
  { n = 2, fails, 12 },
  { n = 2, fails, { code = 1 } },
  { n = 3, fails, "another", "a message" },
  { n = 3, works, nil, "a message" },
  { n = 2, failstable, { code = 1 } },
  { n = 2, failstable, { code = 2 } },
  { n = 2, failstable, "code" },
  { n = 2, failsnil, "nil" },
  { n = 3, fails, "%d+", 3 },
  { n = 4, fails, "%d+", 3, true },
  { n = 4, fails, "ed:", 1, true },
  { n = 3, fails, "x", "a message" },
  { n = 2, fails, "(%a+): (%d+)" },
  { n = 2, callable, "called" },
  { n = 2, function() error(12, 0) end, 12 },
  { n = 2, function() error("12", 0) end, 12 },
  { n = 2, function() error(true, 0) end, "true" },
  { n = 2, function() error(named, 0) end, "an object" },
  { n = 2, function() error "with a position" end, "with a position" },
  { n = 1, io.stdout },
  { n = 1, thread },
  { n = 2, thread, thread },
  { n = 2, 3, "a" },
  { n = 3, 2, "a", nil },
}

local names = {
  "equal", "equals", "same", "unique", "truthy", "falsy", "true", "false", "boolean", "number", "string", "table",
  "nil", "userdata", "function", "thread", "error", "errors", "error_matches", "error_match", "matches_error",
  "match_error", "matches", "match", "near", "returned_arguments", "holes",
}

for _, name in ipairs(names) do
  for _, form in ipairs { "is_", "is_not_" } do
    for i, list in ipairs(arguments) do
      try(form .. name .. " " .. i, luassert[form .. name], (table.unpack or unpack)(list, 1, list.n))
    end
  end
end

for i, list in ipairs(arguments) do
  try("assert " .. i, luassert, (table.unpack or unpack)(list, 1, list.n))
  for _, form in ipairs { "has_holes", "has_no_holes" } do
    -- Whether a loop to NaN runs once in LuaJIT depends on whether it was compiled.
    if list[2] == list[2] then
      try("array " .. form .. i, function() return luassert.array(list[1])[form](list[2]) end)
    end
  end
end
