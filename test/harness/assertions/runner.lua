-- What runners of specs do: they give the two functions that fail an `error` of their own.
local try = dofile(arg[0]:match "^(.*/)" .. "support/try.lua")
local luassert = require "luassert"
local spy, stub, match = require "luassert.spy", require "luassert.stub", require "luassert.match"

local failure = { __tostring = function(self) return "failure: " .. tostring(self.message) end }

local function fail(message, level)
  local _, positioned = pcall(error, message, level + 2)
  error(setmetatable({ message = positioned }, failure), 0)
end

local function replaceerror(object)
  local f = debug.getmetatable(object).__call
  if setfenv then
    setfenv(f, setmetatable({ error = fail }, { __index = getfenv(f) }))
    return
  end
  local i = 1
  while debug.getupvalue(f, i) ~= "_ENV" do i = i + 1 end
  local _, previous = debug.getupvalue(f, i)
  local environment = setmetatable({ error = fail }, { __index = previous })
  debug.upvaluejoin(f, i, function() return environment end, 1)
end
replaceerror(luassert)
replaceerror(luassert.is_true)

local cases = {
  { "assert", function() luassert(false, "a message") end },
  { "assert nothing", function() luassert(nil) end },
  { "assert a table", function() luassert(false, { 1 }) end },
  { "equal", function() luassert.equal(1, 2) end },
  { "tail call", function() local function check() return luassert.equal(1, 2) end check() end },
  { "message", function() luassert.message("a message").is_true(false) end },
  { "spied", function() luassert.spy(spy.new(print)).was.called() end },
  { "too few", function() luassert.equal(1) end },
  { "wrong", function() luassert.near("x", 1, 1) end },
  { "no array", function() luassert.has.holes() end },
  { "no stub", function() stub(1, 2) end },
  { "matcher", function() match.is_near() end },
  { "unknown", function() luassert.is_foo() end },
  { "unknown matcher", function() match.is_foo() end },
  { "no spy", function() luassert.spy(nil).was.called() end },
  { "no callable", function() spy.new(1) end },
  { "no snapshot", function() require "luassert.state".revert({}) end },
  { "unique", function() luassert.unique(1) end },
}
for _, case in ipairs(cases) do
  try(case[1], case[2])
  try(case[1] .. " is a failure", function()
    local _, message = pcall(case[2])
    return getmetatable(message) == failure
  end)
end
