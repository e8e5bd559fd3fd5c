-- How tests end, with what is around them.
local lu = require "luaunit"

local function deep(message, level)
  error(message, level)
end

function test_error() deep "an error" end
function test_error_of_the_caller() deep("an error", 2) end
function test_error_without_position() deep("an error", 0) end
function test_error_is_a_table() deep { code = 1 } end
function test_error_is_nil() deep(nil) end
function test_error_is_a_number() deep(42) end
function test_error_of_lua() return nil + 1 end
function test_error_in_a_coroutine()
  local _, message = coroutine.resume(coroutine.create(function() deep "inside" end))
  error(message, 0)
end
function test_failure() lu.fail "on purpose" end
function test_failure_if() lu.failIf(true, "so it is") end
function test_no_failure() lu.failIf(false, "so it is") end
function test_skip() lu.skip "not today" end
function test_skip_if() lu.skipIf(true, "not here") end
function test_no_skip() lu.skipIf(false, "not here") end
function test_only_if() lu.runOnlyIf(false, "only there") end
function test_success() lu.success() error "never" end
function test_success_if() lu.successIf(true) error "never" end
function test_lines() lu.fail "one\ntwo <&>\"' ]] three" end
function test_failed_assert() assert(1 == 2, "plain assert") end
function test_deep_stack()
  local function down(n) if n == 0 then lu.assertEquals(1, 2) end down(n - 1) end
  down(3)
end

TestAround = { log = {} }
function TestAround:setUp() self.log[#self.log + 1] = "up" end
function TestAround:tearDown() self.log[#self.log + 1] = "down" end
function TestAround:test1() lu.assertEquals(self.log, { "up" }) end
function TestAround:test2() lu.assertEquals(self.log, { "up", "down", "up" }) end
function TestAround:not_one() error "never" end
TestAround.testNumber = 5

TestClassHooks = {}
function TestClassHooks:setupClass() self.ready = true end
function TestClassHooks:teardownClass() self.ready = false end
function TestClassHooks:test() lu.assertTrue(self.ready) end

TestSetUpError = {}
function TestSetUpError:setUp() error "in setUp" end
function TestSetUpError:tearDown() tornDown = true end
function TestSetUpError:test() error "never" end
function TestSetUpError_test() lu.assertTrue(tornDown) end

TestSetUpFailure = { setup = function() lu.assertTrue(false) end, test = function() end }
TestSetUpSkip = { SetUp = function() lu.skip "no set up" end, test = function() error "never" end }
TestTearDownError = { teardown = function() error "in tearDown" end, test = function() end }
TestBoth = { tearDown = function() error "second" end, test = function() error "first" end }

function setupSuite() suiteIsReady = true end
function test_suite() lu.assertTrue(suiteIsReady) end

os.exit(lu.LuaUnit.run())
