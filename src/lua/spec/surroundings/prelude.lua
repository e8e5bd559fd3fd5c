-- Runs busted's configuration, whose settings are known already, for what else it does: before anything of the
-- tests is there, and before the folders are known in which busted looks first.

-- A message where it cannot run.
local function problemIn(file)
  local main, problem = loadfile(file)
  if not main then
    return problem
  end
  local ok, message = pcall(main)
  return not ok and tostring(message) or nil
end

-- Returns a message when it cannot run.
return function(options)
  local problem = options.prelude and problemIn(options.prelude)
  if problem then
    return problem
  end
  if options.pathAhead and type(package.path) == "string" then
    package.path = options.pathAhead .. ";" .. package.path
  end
end
