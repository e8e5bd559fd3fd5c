-- Random assertions with random arguments; arg[2] is where the random numbers start. Addresses and the order of keys
-- differ from run to run: no text that is searched has an address, and no table two keys beside its list.
local try = dofile(arg[0]:match "^(.*/)" .. "../support/try.lua")
local luassert = require "luassert"
local spy, stub, match = require "luassert.spy", require "luassert.stub", require "luassert.match"

-- In floats, so that no Lua needs more than 53 bits.
local state = tonumber(arg[2]) + 0.0
local function random(n)
  state = (state * 16807.0) % 2147483647.0
  return math.tointeger(state % n) + 1
end
local function pick(list, count) return list[random(count or #list)] end

local leaves = {
  nil, true, false, 0, 1, 2, 1.5, -1, 1e20, "", "a", "ab", "1", "a%d", "%a", "(", 0 / 0, 1 / 0, rawlen, rawequal,
}
local metatables = {
  { __tostring = function() return "T" end },
  { __eq = function() return true end },
  { __call = function() error("called", 0) end },
  { __metatable = 1 },
}
local pool = {}

local function callable(result)
  return pick {
    function() error(result, 0) end,
    function() return result end,
    function() error("x: " .. type(result)) end,
  }
end

local function value(depth)
  local kind = random(8)
  if kind <= 4 or depth > 3 then return pick(leaves, 20) end
  if kind == 5 and #pool > 0 then return pick(pool) end
  if kind == 6 then return callable(value(9)) end
  local t = {}
  if kind == 7 then
    t[pick { "k", "j" }] = value(depth + 1)
  else
    for i = 1, random(4) - 1 do t[i] = value(depth + 1) end
  end
  if random(6) == 1 then setmetatable(t, pick(metatables)) end
  if random(10) == 1 then t[1] = t end
  pool[#pool % 12 + 1] = t
  return t
end

local function values(most, depth)
  local list = { n = random(most + 1) - 1 }
  for i = 1, list.n do list[i] = value(depth) end
  return list
end

local matchers = { "equal", "same", "near", "matches", "unique", "truthy", "ref", "table", "any_of", "none_of", "all_of" }

-- Every eighth is a matcher, if its arguments are right.
local function arguments()
  local list = values(4, 0)
  for i = 1, list.n do
    if random(8) == 1 then
      local given = values(2, 1)
      local name = pick { "", "not_" } .. pick(matchers)
      local ok, matcher = pcall(function() return match[name]((table.unpack or unpack)(given, 1, given.n)) end)
      if ok then list[i] = matcher end
    end
  end
  if random(3) == 1 and list.n > 1 then list[2] = list[1] end
  return list
end

-- A spy or a stub that was called up to twice, and arguments that may be those of its first call.
local function called()
  local s = pick { spy.new(function(...) return ... end), stub({}, "f", value(0)) }
  for _ = 1, random(3) - 1 do
    local list = arguments()
    pcall(s, (table.unpack or unpack)(list, 1, list.n))
  end
  if random(2) == 1 and #s.calls > 0 then
    local first = s.calls[1].refs
    return s, { n = first.n, (table.unpack or unpack)(first, 1, first.n) }
  end
  return s, arguments()
end

local names = {
  "equal", "same", "unique", "truthy", "falsy", "true", "false", "boolean", "number", "nil", "table", "function",
  "error", "error_matches", "matches", "near", "returned_arguments",
}
local aboutcalls = { "called", "called_with", "returned_with", "called_at_least", "called_less_than" }

for i = 1, 2000 do
  local chain, list = luassert, nil
  if random(5) == 1 then chain = chain.message(value(1)) end
  local form = pick { "", "not_" }
  if random(4) == 1 then
    local s
    s, list = called()
    chain, form = chain.spy(s), form .. pick(aboutcalls)
  else
    list, form = arguments(), form .. pick(names)
  end
  try(i .. " " .. form, function() return chain[form]((table.unpack or unpack)(list, 1, list.n)) end)
end
