-- The assertions, each a file of functions by name. A function gets the state of its chain, the arguments, and
-- the level of the chain's caller; it returns whether it holds, and in a list what the chain returns if it passes,
-- by default its arguments. It leaves in the arguments what its message shows.

local platform = ...

local luassert = platform.import "luassert/assert"

local SAME = { "assertion.same.positive", "assertion.same.negative" }
local ERROR = { "assertion.error.positive", "assertion.error.negative" }

local function messages(name)
  return { "assertion." .. name .. ".positive", "assertion." .. name .. ".negative" }
end

local function register(functions, texts)
  for name, callback in pairs(functions) do
    local text = texts or messages(name)
    luassert:register("assertion", name, callback, text[1], text[2])
  end
end

register(platform.import "luassert/assertions/types", SAME)
register(platform.import "luassert/assertions/truth")
register(platform.import "luassert/assertions/equality")
register(platform.import "luassert/assertions/errors", ERROR)

local matches = platform.import "luassert/assertions/matches"
register({ matches = matches, match = matches }, messages "matches")

local equals = platform.import("luassert/assertions/equality").equals
register({ equal = equals }, messages "equals")

luassert:register("modifier", "message", function(self, list)
  self.failure_message = list[1]
end)
