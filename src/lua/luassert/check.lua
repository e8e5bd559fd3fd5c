-- Mistakes in the use of an assertion: they fail as assertions do, where the chain is called.

local platform = ...

local luassert = platform.import "luassert/assert"
local snapshots = platform.import "luassert/state"
local translate = platform.import "luassert/translate"

local check = {}

-- `level` is what the callback of an assertion got, which calls one of the functions below. In between are this
-- function, the one below, and the callback.
local function fail(level, key, values)
  luassert(false, translate(key, values), luassert:level((level or 1) + 3))
end

function check.count(level, list, name, least)
  if list.n < least then
    fail(level, "assertion.internal.argtolittle", { name, least, tostring(list.n) })
  end
end

function check.argument(level, holds, number, name, expected, actual)
  if not holds then
    fail(level, "assertion.internal.badargtype", { number, name, expected, actual })
  end
end

-- How messages about arguments show a value.
function check.format(value)
  return snapshots.format_argument(value) or tostring(value)
end

return check
