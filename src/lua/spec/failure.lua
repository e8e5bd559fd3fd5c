-- The errors by which a test says that it failed or is pending; every other error is an error.

local failure = {}

local FAILURE = { __tostring = function(self) return tostring(self.message) end, __type = "failure", __index = {} }
-- What cannot be a text of its own is shown as the table that it is.
local BARE_FAILURE = { __type = "failure", __index = {} }
local PENDING = { __tostring = function(self) return tostring(self.message or "") end, __type = "pending", __index = {} }

function failure.hasText(value)
  return type(value) == "string" or (debug.getmetatable(value) or {}).__tostring
end

-- Throws a failure. A text gets the place of the caller in front, as by Lua's error, unless `level` is none.
function failure.fail(message, level)
  local asGiven = (type(level) ~= "number" or level <= 0) and level
  level = level or 1
  local _, located = pcall(error, message, asGiven or level + 2)
  local metatable = failure.hasText(message) and FAILURE or BARE_FAILURE
  error(setmetatable({ message = located }, metatable), asGiven or level + 1)
end

-- Ends a test as pending.
function failure.pending(message)
  error(setmetatable({ message = message }, PENDING))
end

function failure.statusOf(thrown)
  local metatable = debug.getmetatable(thrown)
  if metatable == FAILURE or metatable == BARE_FAILURE then return "failure" end
  return metatable == PENDING and "pending" or "error"
end

return failure
