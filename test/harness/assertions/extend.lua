-- Assertions, modifiers, formatters, messages and snapshots of a program's own; what the modules offer for that.
local try = dofile(arg[0]:match "^(.*/)" .. "support/try.lua")
local luassert = require "luassert"
local say, util, state = require "say", require "luassert.util", require "luassert.state"
local namespaces = require "luassert.namespaces"
local named = setmetatable({}, { __tostring = function() return "a name" end })

-- Messages
for i, message in ipairs { "a message", 12, true, false, named, { 1 }, print } do
  try("message " .. i, function() luassert.message(message).is_true(false) end)
  try("assert " .. i, function() luassert(false, message) end)
  try("last argument " .. i, function() luassert.equal(1, 2, message) end)
end
try("message nil", function() luassert.message(nil).is_true(false) end)
try("message of nothing", function() luassert.message().is_true(false) end)
try("message and argument", function() luassert.message("first").equal(1, 2, "second") end)
try("message later", function() luassert.is_not.message("a message").equal(1, 1) end)
try("message twice", function() luassert.message("a").message("b").is_nil(1) end)
try("assert returns", function() return luassert(1, 2, nil, 4) end)
try("assert without arguments", function() return luassert() end)
try("assert nil", function() return luassert(nil) end)
try("assert level", function() return luassert(false, "a", 2) end)
try("assert with level", function() return luassert(false, "a", luassert:level(0)) end)
try("get_level", function() return luassert:get_level(luassert:level(4)), luassert:get_level(4), luassert:get_level(nil) end)

-- Chains
for _, name in ipairs {
  "is.not_true", "is_not.True", "ARE.EQUAL", "are_not.equals", "not_not_equal", "no.no.equal", "was.has.does.equal",
  "__equal__", "equal_not", "equal.is", "true.false", "same.equal", "is_not_not_not_same", "error_matches_not",
  "foo", "is_foo", "foo_equal", "equal_foo", "an_equal", "has_been.equal", "called_at_foo",
} do
  for _, list in ipairs { { 1, 1 }, { 1, 2 }, { true } } do
    try("chain " .. name .. " of " .. #list .. tostring(list[#list]), function()
      local chain = luassert
      for part in name:gmatch "[^.]+" do chain = chain[part] end
      return chain(table.unpack(list))
    end)
  end
end
try("a chain kept", function()
  local chain = luassert.is_not
  return pcall(chain.equal, 1, 2), pcall(chain.equal, 1, 1)
end)
try("a state kept", function()
  local equal = luassert.not_equal
  return pcall(equal, 1, 2), pcall(equal, 1, 2), pcall(equal, 1, 1)
end)
try("a modifier called", function() return type(luassert.is()), pcall(luassert.is_not().equal, 1, 1) end)
try("returned values", function() return luassert.equal(1, 1, "message", nil, 5) end)
try("results of is_true", function() return luassert.is_true(true, "a message") end)

-- Assertions
local function between(self, arguments, level)
  local value, least, most = arguments[1], arguments[2], arguments[3]
  return value >= least and value <= most
end
luassert:register("assertion", "between", between, "assertion.between.positive", "assertion.between.negative")
say:set("assertion.between.positive", "Expected %s to be between %s and %s")
say:set("assertion.between.negative", "Expected %s not to be between %s and %s")
try("own", luassert.is_between, 1, 2, 3)
try("own negated", luassert.is_not_between, 2, 1, 3)
try("own passes", luassert.between, 2, 1, 3)
try("own with message", function() luassert.message("a message").is.between(1, 2, 3) end)
try("own raises", luassert.between, "a", 1, 2)
luassert:unregister("assertion", "BETWEEN")
try("own gone", luassert.is_between, 1, 2, 3)
luassert:register("assertion", "Nameless", function() return false end)
try("without messages", luassert.nameless, 1)
try("without messages, negated", luassert.not_nameless, 1)
try("without messages, with one", function() luassert.message("a message").nameless(1) end)
luassert:register("assertion", "unknown_key", function() return false end, "no.such.key", "no.such.key")
try("unknown messages", luassert.unknown_key, 1)
luassert:register("assertion", "values", function(_, list) return true, { list.n, nil, 3, n = 3 } end)
try("results", luassert.values, 1, nil)
luassert:register("assertion", "values2", function(_, list) return nil, { 1, 2 } end)
try("results when negated", luassert.not_values2)
luassert:register("assertion", "edits", function(_, list)
  list[1], list[2], list.n, list.nofmt = "as it is", "formatted", 3, { true }
  return false
end, "assertion.edits", "assertion.edits")
say:set("assertion.edits", "%s|%s|%s")
try("edited arguments", luassert.edits)
try("too few values", function()
  say:set("assertion.edits", "%s|%s|%s|%s")
  luassert.edits()
end)
luassert:register("assertion", "state", function(self, list, level)
  return false, { rawget(self, "mod"), level, list.n }
end)
try("what a callback gets", luassert.not_state, 1, nil)
luassert:register("assertion", "inner", function(self, list) return pcall(luassert.equal, list[1], list[2]) end)
try("an assertion in an assertion", luassert.inner, 1, 2)
luassert:register("assertion", "is", function() return true, { "assertion is" } end)
try("named like a modifier", function() return luassert.is(1) end)
luassert:unregister("assertion", "is")
luassert:register("assertion", "not_called_with", function() return true, { "own" } end)
try("a longer name", luassert.not_called_with, 1)
luassert:unregister("assertion", "not_called_with")
luassert:register("assertion", "one_two_three", function() return true, { "three" } end)
luassert:register("assertion", "three", function() return true, { "last" } end)
try("three words", luassert.one_two_three)
try("three words, dots", function() return luassert.one.two.three() end)
luassert:register("modifier", "with", function(self, list, level)
  rawset(self, "given", { list and list.n, level })
end)
luassert:register("assertion", "given", function(self) return true, { rawget(self, "given")[1], rawget(self, "given")[2] } end)
try("own modifier", function() return luassert.with(1, 2).given() end)
try("own modifier without arguments", function() return luassert.with.given() end)
luassert:register("thing", "x", print, "a", "b")
try("own kind", function() return namespaces.thing.x.name, namespaces.thing.x.positive_message, namespaces.thing.x.callback == print end)
luassert:unregister("thing", "x")
luassert:unregister("other", "x")
try("own kind gone", function() return namespaces.thing.x, namespaces.other ~= nil end)
try("what is registered", function()
  local names = {}
  for _, kind in ipairs { "assertion", "modifier", "matcher" } do
    for name, each in pairs(namespaces[kind]) do
      -- Newer than luassert 1.9.0, or ours.
      local isnew = kind == "modifier" and (" a an the were be have do "):find(" " .. name .. " ", 1, true)
      names[#names + 1] = isnew and "" or table.concat({ kind, name, each.name, tostring(each.positive_message), tostring(each.negative_message) }, ":")
    end
  end
  table.sort(names)
  return (table.concat(names, " "):gsub("^ +", ""))
end)

-- Formatters
local function loud(value) if type(value) == "string" then return value:upper() .. "!" end end
local function louder(value, options) if value == "x" then return "louder" .. tostring(options) end end
luassert:add_formatter(loud)
try("own formatter", luassert.equal, "a", "b")
luassert:add_formatter(louder)
try("the last one first", luassert.equal, "x", "b")
luassert:remove_formatter(loud)
try("removed", luassert.equal, "x", "b")
luassert:remove_formatter(louder)
luassert:remove_formatter(louder)
try("format", function()
  local list = luassert:format { 1, nil, "a", n = 4, nofmt = { [3] = true }, fmtargs = { {} } }
  return list[1], list[2], list[3], list[4], list.n
end)
try("format without n", function() return luassert:format({ 1, "b" })[2] end)
try("format_argument", function() return state.format_argument(5), state.format_argument("a"), state.format_argument(nil) end)

-- Snapshots
try("snapshot of parameters", function()
  local snapshot = luassert:snapshot()
  luassert:set_parameter("Mine", 1)
  local inner = luassert:snapshot()
  luassert:set_parameter("Mine", nil)
  local hidden = luassert:get_parameter "Mine"
  inner:revert()
  local before = luassert:get_parameter "Mine"
  luassert:set_parameter("Mine", false)
  local no = luassert:get_parameter "Mine"
  snapshot:revert()
  return hidden, before, no, luassert:get_parameter "Mine"
end)
try("snapshot of formatters", function()
  local snapshot = luassert:snapshot()
  luassert:add_formatter(loud)
  local with = state.format_argument "a"
  snapshot:revert()
  return with, state.format_argument "a"
end)
try("outer snapshot", function()
  local outer = luassert:snapshot()
  local inner = luassert:snapshot()
  luassert:set_parameter("Mine", 1)
  outer:revert()
  return luassert:get_parameter "Mine", pcall(state.revert, inner)
end)
try("reverted twice", function()
  local snapshot = luassert:snapshot()
  snapshot:revert()
  return pcall(state.revert, snapshot)
end)
try("called", function()
  local snapshot = luassert:snapshot()
  luassert:set_parameter("Mine", 1)
  snapshot()
  return luassert:get_parameter "Mine"
end)
try("no snapshot", function() state.revert({}) end)
try("the last snapshot", function()
  luassert:snapshot()
  luassert:set_parameter("Mine", 1)
  state.revert()
  return luassert:get_parameter "Mine", state.revert()
end)
try("add_spy", function()
  local snapshot = luassert:snapshot()
  local reverted = 0
  luassert:add_spy { revert = function() reverted = reverted + 1 end }
  snapshot:revert()
  return reverted
end)

-- say
try("say", function() return say("assertion.same.positive", { "a", "b" }), say "nothing", say("nothing", {}) end)
try("say nil values", function() say:set("test", "%s %s %s") return say("test", { nil, 2, n = 3 }) end)
try("say no values", function() say:set("test", "100%") return say("test"), say("test", {}) end)
try("say counts", function() local list = { 1, 2 } say("nothing", list) return list.n end)
try("say too few", function() say:set("test", "%s %s") return say("test", { 1 }) end)
try("say too many", function() say:set("test", "%s") return say("test", { 1, 2 }) end)
for _, value in ipairs { 1, "x", true } do try("say with a " .. type(value), function() return say("test", value) end) end
try("say number", function() say:set("number", 12) say:set(5, "five") say:set("no", false) return say "number", say(5), say "no" end)
try("say namespaces", function()
  say:set_namespace "other"
  say:set("only.here", "other %s")
  say:set("assertion.truthy.positive", "Sollte wahr sein: %s")
  local results = { say("only.here", { 1 }), say("assertion.falsy.positive", { 2 }), say "none", pcall(luassert.truthy, false) }
  say:set_fallback "third"
  results[#results + 1] = tostring(say("assertion.falsy.positive", { 2 }))
  say:set("x", "y")
  results[#results + 1] = say.other["x"] .. tostring(say.en["x"]) .. tostring(say._registry.other == say.other)
  say:set_fallback "en"
  say:set_namespace "en"
  results[#results + 1] = tostring(say "only.here")
  return table.unpack(results)
end)
try("language", function() return (require "luassert.languages.en") end)

-- util
try("pack", function() local t = util.pack(1, nil, nil) return t.n, util.unpack(t) end)
try("unpack", function() return util.unpack({ 1, 2, 3 }, 2), util.unpack({ 1, n = 3 }), util.unpack({ 1, 2, 3 }, 1, 2) end)
try("tinsert", function()
  local results = {}
  local function add(t) for i = 1, t.n do results[#results + 1] = tostring(t[i]) end results[#results + 1] = t.n .. ";" end
  local t = { 1, 2 }
  util.tinsert(t, 3) add(t)
  util.tinsert(t, 1, nil) add(t)
  util.tinsert(t, 2, "x") add(t)
  util.tinsert(t, 9, "far") add(t)
  util.tinsert(t, nil, "end") add(t)
  util.tinsert(t, nil) add(t)
  results[#results + 1] = tostring(util.tremove(t)) add(t)
  results[#results + 1] = tostring(util.tremove(t, 1)) add(t)
  results[#results + 1] = tostring(util.tremove(t, 20)) add(t)
  results[#results + 1] = tostring(util.tremove({ 1, 2 })) .. tostring(util.tremove({}))
  util.cleararglist(t)
  results[#results + 1] = tostring(t.n) .. tostring(next(t))
  return table.concat(results, " ")
end)
try("arglist", function()
  local list = util.make_arglist(1, nil)
  return list.n, util.is_arglist(list), util.is_arglist {}, util.is_arglist(nil)
end)
try("callable", function() return util.callable(print), util.callable(setmetatable({}, { __call = print })), util.callable {}, util.callable(nil), util.callable(setmetatable({}, { __call = 5 })) end)
try("hastostring", function() return util.hastostring "", util.hastostring(5), util.hastostring(named), util.hastostring(nil) end)
try("deepcompare", function() return util.deepcompare({ 1, { 2 } }, { 1, { 2 } }), util.deepcompare({ a = { b = 1 } }, { a = { b = 2 } }) end)
try("crumbs", function()
  local _, crumbs = util.deepcompare({ a = { b = { 1 } } }, { a = { b = { 2 } } })
  return table.concat(crumbs, ",")
end)
try("deepcopy", function()
  local metatable = { x = {} }
  local t = setmetatable({ { 1 } }, metatable)
  t.self = t
  local copy, other = util.deepcopy(t), util.deepcopy(t, true)
  return copy ~= t, copy[1] ~= t[1], copy[1][1], copy.self == copy, getmetatable(copy) == metatable,
    getmetatable(other) ~= metatable, getmetatable(other).x ~= metatable.x, util.deepcopy(5), util.deepcopy(nil)
end)
try("shallowcopy", function()
  local t = setmetatable({ { 1 } }, {})
  local copy = util.shallowcopy(t)
  return copy ~= t, copy[1] == t[1], getmetatable(copy) == getmetatable(t), util.shallowcopy "x"
end)
try("copyargs", function()
  local t = { 1 }
  local copy = util.copyargs(util.make_arglist(t, nil))
  return copy.vals[1] ~= t, copy.refs[1] == t, copy.vals.n, util.is_arglist(copy.vals), util.is_arglist(copy.refs)
end)
try("matchargs", function()
  local lists = { util.copyargs { 1 }, util.copyargs { 2 }, util.copyargs { 1 } }
  return util.matchargs(lists, { 1 }) == lists[3], util.matchargs(lists, { 3 }), pcall(util.matchargs, util.make_arglist(), {})
end)
try("matchoncalls", function()
  local lists = { util.copyargs { 1 }, util.copyargs { 2 }, util.copyargs { 1 } }
  return util.matchoncalls(lists, { 1 }) == lists[1], util.matchoncalls(lists, { 3 })
end)
try("extract_keys", function() return table.concat(util.extract_keys("assertion", { "is", "not", "error", "matches" }), " ") end)
try("extract_keys of none", function() return #util.extract_keys("matcher", {}) end)
try("extract_keys unknown", util.extract_keys, "assertion", { "x", "y" })

-- Modules
for _, name in ipairs {
  "luassert", "luassert.init", "luassert.assert", "luassert.assertions", "luassert.modifiers", "luassert.spy", "luassert.stub",
  "luassert.mock", "luassert.match", "luassert.matchers", "luassert.matchers.core", "luassert.matchers.composite",
  "luassert.matchers.init", "luassert.util", "luassert.state", "luassert.formatters", "luassert.formatters.init",
  "luassert.formatters.binarystring", "luassert.array", "luassert.languages.en", "luassert.compatibility",
  "luassert.namespaces", "say", "say.init", "luassert.nothing",
} do
  try("require " .. name, function()
    local ok, result = pcall(require, name)
    return ok, ok and type(result) or result:match "^[^\n]*"
  end)
end
try("the same", function() return require "luassert" == require "luassert.assert" end)
try("fields", function()
  local texts = {}
  for _, name in ipairs { "luassert.util", "luassert.state", "luassert.spy", "luassert.stub", "luassert.mock", "luassert.match", "luassert", "luassert.compatibility", "say" } do
    local fields = {}
    for field, value in pairs(require(name)) do
      if field ~= "_COPYRIGHT" then fields[#fields + 1] = tostring(field) .. ":" .. type(value) end
    end
    table.sort(fields)
    texts[#texts + 1] = name .. " " .. table.concat(fields, " ")
  end
  return table.concat(texts, "\n")
end)
