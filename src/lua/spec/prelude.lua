-- Runs busted's configuration, whose settings are known already, for what else it does: before anything of the
-- tests is there, and before the folders are known in which busted looks first.

-- Returns a message when it cannot run.
return function(options)
  local file = options.prelude
  if not file then
    return nil
  end
  local main, problem = loadfile(file)
  if not main then
    return problem
  end
  local ok, message = pcall(main)
  if not ok then
    return tostring(message)
  end
  if type(package.path) == "string" then
    package.path = options.pathAhead .. ";" .. package.path
  end
end
