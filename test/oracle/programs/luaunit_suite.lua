-- A LuaUnit suite with successes, failures, errors and skips, run through LuaUnit's own runner.
dofile(arg[0]:match "^(.*/)" .. "../ordered.lua")
local lu = require "luaunit"

TestNumbers = {}
function TestNumbers:setUp() self.n = 10 end
function TestNumbers:testAdd() lu.assertEquals(self.n + 1, 11) end
function TestNumbers:testAlmost() lu.assertAlmostEquals(0.1 + 0.2, 0.3, 1e-9) end
function TestNumbers:testFails() lu.assertEquals(self.n, 11) end
function TestNumbers:testErrors() error { code = 1 } end
function TestNumbers:testSkips() lu.skip "not today" end
function TestNumbers:tearDown() self.n = nil end

TestTables = {}
function TestTables.testItems() lu.assertItemsEquals({ 1, 2, 3 }, { 3, 2, 1 }) end
function TestTables.testDeep() lu.assertEquals({ 1, { 2, 3 } }, { 1, { 2, 3 } }) end
function TestTables.testDiffers() lu.assertEquals({ 1, { 2, 3 } }, { 1, { 2, 4 } }) end
function TestTables.testErrorMessage() lu.assertErrorMsgContains("bad", function() error "very bad" end) end
function TestTables.testString() lu.assertStrContains("haystack", "st") end

function testFunction() lu.assertTrue(1 < 2) end

local runner = lu.LuaUnit.new()
runner:setOutputType "tap"
os.exit(runner:runSuite() == 3 and 0 or 1)
