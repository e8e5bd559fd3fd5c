-- LuaUnit's outputs.

local luaunit = require("luaunit")

TestThings = {}
function TestThings:testPasses() luaunit.assertEquals(1, 1) end
function TestThings:testFails() luaunit.assertEquals({ 1, 2 }, { 1, 3 }) end
function TestThings:testErrors() error("an error") end
function TestThings:testSkips() luaunit.skip("for a reason") end
function TestThings:testNumbers() luaunit.assertAlmostEquals(1, 1.1, 0.01) end
function TestThings:testTables() luaunit.assertItemsEquals({ 1, 2 }, { 2, 1 }) end
function testAlone() luaunit.assertStrContains("text", "x") end

for _, output in ipairs { "text", "tap", "nil" } do
  for _, verbosity in ipairs { "--quiet", "--verbose" } do
    print(output, verbosity, luaunit.LuaUnit.run("-o", output, verbosity))
  end
end
print(luaunit.LuaUnit.run("-o", "junit", "-n", "report"))
for line in io.lines("report.xml") do print(line) end
os.exit(luaunit.LuaUnit.run("--pattern", "Passes"))
