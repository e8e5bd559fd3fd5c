-- The modules that test files may ask for: `busted` and its few parts that are of use in a test.

local platform = ...

local bundled = platform.import "bundled"
local environment = platform.import "spec/surroundings/environment"
local failure = platform.import "spec/failure"

-- What `require "busted"` gives.
local function moduleOf(core)
  return setmetatable({}, {
    __index = core.api,
    __newindex = function() error("Attempt to modify busted") end,
  })
end

local function exportAssertions(core)
  local assertions = require "luassert"
  core.export("assert", assertions)
  for _, name in ipairs { "spy", "mock", "stub", "match" } do
    core.export(name, require("luassert." .. name))
  end
  -- An assertion that does not hold fails a test; it is no error.
  environment.bind(assertions, "error", failure.fail)
  environment.bind(assertions.is_true, "error", failure.fail)
end

local function exportApi(core)
  local tree, api = core.tree, core.api
  api.file = nil
  tree.current().env.file = nil
  api.publish = core.publish
  api.subscribe = core.subscribe
  api.unsubscribe = core.unsubscribe
  api.bindfenv = environment.bind
  api.fail = failure.fail
  api.gettime = platform.time
  api.monotime = platform.monotonic
  api.sleep = platform.sleep
  api.parent = tree.parent
  api.children = tree.children
  -- The version whose behaviour this is.
  api.version = "2.1.1"
end

return function(core, options)
  local loaded = package.loaded
  loaded["busted"] = moduleOf(core)
  for _, name in ipairs { "fixtures", "done" } do
    package.preload["busted." .. name] = function() return platform.import("spec/" .. name) end
  end
  -- `require "busted.runner"()` at the head of a file makes it a program; here it is one already.
  loaded["busted.runner"] = function() return function() end end
  bundled.install(bundled.modules, options.aheadOf)
  exportAssertions(core)
  exportApi(core)
end
