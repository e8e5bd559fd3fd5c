-- Every assertion of LuaUnit, each with the same arguments: what holds passes, and what does not says why.
local lu = require "luaunit"

local huge = math.huge
local cycle = { name = "cycle" }
cycle.itself = cycle

local arguments = {
  { nil, nil },
  { nil, 1 },
  { true, true },
  { false, true },
  { 0, -0.0 },
  { -0.0, 0 },
  { 1, 2 },
  { 1, 1.0 },
  { 1.5, 1.25, 0.5 },
  { huge, huge },
  { -huge, huge },
  { "text", "text" },
  { "some text", "TEXT" },
  { "one\ntwo\nthree", "one\nthree" },
  { "TEXT", "text", true },
  { "a.c", "a.", 1, 2 },
  { {}, {} },
  { { 1, 2, 3 }, { 3, 2, 1 } },
  { { 1, 2, 3 }, 2 },
  { { a = 1, b = { c = 2 } }, { a = 1, b = { c = 3 } } },
  { { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 }, { 1, 2, 3, 4, 0, 6, 7, 8, 9, 10, 11 } },
  { cycle, { name = "cycle" } },
  { 1, 2, "with a message" },
  { "x", "y", "with a message" },
  { function() error "from inside" end },
  { "from inside", function() error "from inside" end },
  { "inside", function() error "from inside" end },
  { ".*inside", function() error "from inside" end },
  { { code = 1 }, function() error { code = 2 } end },
  { "nothing", function() end },
  { coroutine.create(function() end), coroutine.create(function() end) },
  { io.stdout, io.stderr },
}

local all = {}
for name, value in pairs(lu) do
  if type(value) == "function" and name:find "^assert" then
    all[#all + 1] = name
  end
end
table.sort(all)

-- Most have several names.
local names, seen = {}, {}
for _, name in ipairs(all) do
  if not seen[lu[name]] then
    names[#names + 1], seen[lu[name]] = name, true
  end
end

for _, name in ipairs(names) do
  local class = {}
  _G["Test_" .. name] = class
  for index, each in ipairs(arguments) do
    class[("test%02d"):format(index)] = function()
      lu[name](table.unpack(each, 1, 4))
    end
  end
end

os.exit(lu.LuaUnit.run())
