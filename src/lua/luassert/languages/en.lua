-- The messages in English.

local platform = ...

local say = platform.import "say"

say:set_namespace "en"

-- What did not hold, what should not have held, and by which words the values are introduced.
local function set(name, positive, negative)
  say:set("assertion." .. name .. ".positive", positive)
  if negative then
    say:set("assertion." .. name .. ".negative", negative)
  end
end

local PASSED = ".\nPassed in:\n%s\n"

set(
  "same",
  "Expected objects to be the same" .. PASSED .. "Expected:\n%s",
  "Expected objects to not be the same" .. PASSED .. "Did not expect:\n%s"
)
set(
  "equals",
  "Expected objects to be equal" .. PASSED .. "Expected:\n%s",
  "Expected objects to not be equal" .. PASSED .. "Did not expect:\n%s"
)
set(
  "near",
  "Expected values to be near" .. PASSED .. "Expected:\n%s +/- %s",
  "Expected values to not be near" .. PASSED .. "Did not expect:\n%s +/- %s"
)
set(
  "matches",
  "Expected strings to match" .. PASSED .. "Expected:\n%s",
  "Expected strings not to match" .. PASSED .. "Did not expect:\n%s"
)
set("unique", "Expected object to be unique:\n%s", "Expected object to not be unique:\n%s")
set(
  "error",
  "Expected a different error.\nCaught:\n%s\nExpected:\n%s",
  "Expected no error, but caught:\n%s"
)
set(
  "truthy",
  "Expected to be truthy, but value was:\n%s",
  "Expected to not be truthy, but value was:\n%s"
)
set(
  "falsy",
  "Expected to be falsy, but value was:\n%s",
  "Expected to not be falsy, but value was:\n%s"
)

local TIMES = " %s time(s), but was called %s time(s)"

set("called", "Expected to be called" .. TIMES, "Expected not to be called exactly %s time(s), but it was.")
set("called_at_least", "Expected to be called at least" .. TIMES)
set("called_at_most", "Expected to be called at most" .. TIMES)
set("called_more_than", "Expected to be called more than" .. TIMES)
set("called_less_than", "Expected to be called less than" .. TIMES)
set(
  "called_with",
  "Function was never called with matching arguments.\nCalled with (last call if any):\n%s\nExpected:\n%s",
  "Function was called with matching arguments at least once.\n"
    .. "Called with (last matching call):\n%s\nDid not expect:\n%s"
)
set(
  "returned_with",
  "Function never returned matching arguments.\nReturned (last call if any):\n%s\nExpected:\n%s",
  "Function returned matching arguments at least once.\n"
    .. "Returned (last matching call):\n%s\nDid not expect:\n%s"
)
set(
  "returned_arguments",
  "Expected to be called with %s argument(s), but was called with %s",
  "Expected not to be called with %s argument(s), but was called with %s"
)

say:set("assertion.internal.argtolittle", "the '%s' function requires a minimum of %s arguments, got: %s")
say:set("assertion.internal.badargtype", "bad argument #%s to '%s' (%s expected, got %s)")
