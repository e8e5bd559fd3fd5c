-- Every matcher with every kind of value, and how messages show matchers.
local try = dofile(arg[0]:match "^(.*/)" .. "support/try.lua")
local luassert = require "luassert"
local match, spy = require "luassert.match", require "luassert.spy"

local object = { 1 }
local named = setmetatable({}, { __tostring = function() return "12" end })
local values = { 0, 1, 1.4, "1", "abc", "", true, false, object, { 1 }, { 1, 1 }, {}, named, print, io.stdout, "z%d" }

local makers = {
  equal = { { n = 1, 1 }, { n = 1, object }, { n = 1 }, { n = 2, 1, 2 } },
  equals = { { n = 1, "abc" } },
  same = { { n = 1, { 1 } }, { n = 1, "1" }, { n = 1 } },
  ref = { { n = 1, object }, { n = 1, print }, { n = 1, io.stdout }, { n = 1, 1 }, { n = 1 }, { n = 0 } },
  near = { { n = 2, 1, 0.5 }, { n = 2, "1", "0.5" }, { n = 1, 1 }, { n = 2, {}, 1 }, { n = 2, 1, {} }, { n = 2, 1 } },
  matches = { { n = 1, "b" }, { n = 2, "%d", 2 }, { n = 3, "%d", 1, true }, { n = 1, 1 }, { n = 2, "b", {} } },
  match = { { n = 1, "^1" } },
  unique = { { n = 0 }, { n = 1, true } },
  ["true"] = { { n = 0 } }, ["false"] = { { n = 0 } }, truthy = { { n = 0 } }, falsy = { { n = 0 } },
  ["nil"] = { { n = 0 } }, boolean = { { n = 0 } }, number = { { n = 1, 5 } }, string = { { n = 0 } },
  table = { { n = 0 } }, ["function"] = { { n = 0 } }, userdata = { { n = 0 } }, thread = { { n = 0 } },
  all_of = { { n = 2, match.is_number(), match.is_near(1, 0.5) }, { n = 0 }, { n = 1, 1 }, { n = 2, match._, nil } },
  any_of = { { n = 2, match.is_string(), match.is_not_truthy() }, { n = 0 }, { n = 1, {} } },
  none_of = { { n = 2, match.is_string(), match.is_truthy() }, { n = 1, match._ }, { n = 0 } },
  foo = { { n = 0 } },
}
local names = {}
for name in pairs(makers) do names[#names + 1] = name end
table.sort(names)

for _, name in ipairs(names) do
  for _, form in ipairs { "", "is_", "is_not_" } do
    for i, list in ipairs(makers[name]) do
      local title = form .. name .. " " .. i
      local ok, matcher = pcall(function() return match[form .. name](table.unpack(list, 1, list.n)) end)
      try(title, function() return match[form .. name](table.unpack(list, 1, list.n)) ~= nil end)
      if ok then
        for k, value in ipairs(values) do try(title .. " of " .. k, matcher, value) end
        try(title .. " of nil", matcher, nil)
        try(title .. " of nothing", matcher)
        try(title .. " shown", function() luassert.equal(matcher, 1) end)
        try(title .. " in a call", function()
          local s = spy.new(function() end)
          s(1, "a")
          luassert.spy(s).was.called_with(matcher)
        end)
      end
    end
  end
end

try("dots", function() return match.is.no.number()(1), match.is.near(1, 1)(2), match.has_match("a")("a") end)
try("case", function() return match.IS_NOT_Number()("a") end)
try("modifiers", function() return match.is()(1) end)
try("is_matcher", function()
  return match.is_matcher(match._), match.is_matcher(match.is_nil()), match.is_matcher({}), match.is_matcher(nil)
end)
try("is_ref_matcher", function()
  return match.is_ref_matcher(match.is_ref({})), match.is_ref_matcher(match._), match.is_ref_matcher(1)
end)
try("_", function() return match._(nil), match._(1), match._.mod end)
luassert:register("matcher", "larger", function(_, list, level)
  return function(value) return type(value) == "number" and value > list[1], level end
end)
try("a matcher of one's own", function()
  return match.larger(3)(4), match.is_not_larger(3)(4), match.is.larger(3)("a"), match.larger(3).name
end)
try("a matcher of one's own, shown", function()
  local s = spy.new(function() end)
  s(1)
  luassert.spy(s).was.called_with(match.is_not_larger(0))
end)
luassert:unregister("matcher", "Larger")
try("a matcher of one's own, gone", function() return match.larger(3) end)
try("a matcher that returns no boolean", function()
  luassert:register("matcher", "odd", function() return function() return 1 end end)
  return match.odd()(1), match.not_odd()(1)
end)
try("nested", function()
  return match.all_of(match.any_of(match.is_number(), match.is_string()), match.none_of(match.is_same(3)))(3)
end)
