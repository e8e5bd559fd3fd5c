-- Runs the helper, a script or a module that prepares the tests.

-- As for a script, `arg` has the helper's own arguments, and what runs Lua before them.
local function argumentsOf(options)
  local arguments = {}
  for index, argument in ipairs(options.helperArgs or {}) do
    arguments[index] = argument
  end
  local given = rawget(globals, "arg")
  local index = 0
  while type(given) == "table" and given[index] do
    arguments[index] = given[index]
    index = index - 1
  end
  return arguments
end

-- False when it failed, which has been published.
return function(core, options)
  local helper = options.helper
  if not helper then return true end
  local arguments = rawget(globals, "arg")
  rawset(globals, "arg", argumentsOf(options))
  local run = find(helper, "%.lua$") and dofile or require
  local element = { descriptor = "helper", name = helper, attributes = {} }
  local ok, message = pcall(run, helper)
  rawset(globals, "arg", arguments)
  if not ok then core.publish({ "error", "helper" }, element, nil, message, nil) end
  return ok
end
