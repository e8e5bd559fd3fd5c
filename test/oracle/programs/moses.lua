-- The functional library Moses, whole and minified.
dofile(arg[0]:match "^(.*/)" .. "../ordered.lua")
local sweep = dofile((arg[0]:gsub("programs/[^/]*$", "sweep.lua")))

local function double(x) return type(x) == "number" and x * 2 or x end
local function even(x) return type(x) == "number" and x % 2 == 0 end
local function add(a, b) return (tonumber(a) or 0) + (tonumber(b) or 0) end

local lists = {
  function() end,
  function() return { 1, 2, 3, 4 } end,
  function() return { 1, 2, 3, 4 }, even end,
  function() return { 3, 1, 2 }, double, 2 end,
  function() return { 3, 1, { 2, { 5 } } }, add, 0 end,
  function() return { a = 1, b = 2 }, { b = 3, c = 4 } end,
  function() return { { x = 1, y = 2 }, { x = 1 } }, { x = 1 } end,
  function() return { 1, 2, 2, 3 }, { 2, 3 }, { 3 } end,
  function() return 2, 5, 2 end,
  function() return double, even, add end,
  function() return add, 3, 4 end,
  function() return { 1, 2, 3, 4, 5 }, 2, 3 end,
  function() return "text", "t", true end,
  function() return { even, double }, { 1 }, false end,
}

for _, name in ipairs { "moses", "moses_min" } do
  local M = require(name)
  local functions = {}
  for _, each in ipairs(M.functions()) do functions[each] = M[each] end
  sweep(M.operator, {}, lists)
  local returned, raised = sweep(functions, { "partition", "overlapping", "aperture", "sliding", "permutation", "part", "perm", "pairwise", "permutation", "iterlen", "tabulate", "unfold", "uniqueId", "time", "import", "randomGenerator", "sample", "shuffle", "sampleProb" }, lists)
  assert(returned > 100 and raised > 100, returned .. " " .. raised)
  assert(M.isEqual(M.map({ 1, 2 }, double), { 2, 4 }))
  assert(M.isEqual(M.filter({ 1, 2, 3, 4 }, even), { 2, 4 }))
  assert(M.reduce({ 1, 2, 3 }, add) == 6)
  assert(M.isEqual(M.flatten { 1, { 2, { 3 } } }, { 1, 2, 3 }))
  assert(M.chain({ 1, 2, 3, 4 }):filter(even):map(double):sum():value() == 12)
  assert(M.compose(double, double)(2) == 8)
  assert(M.memoize(double)(4) == 8)
end
