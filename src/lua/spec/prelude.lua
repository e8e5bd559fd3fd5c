-- What happens before anything of the tests is there: busted's configuration runs, whose settings are known already,
-- for what else it does; then come the folders in which busted looks first.

-- Returns a message when the configuration cannot run.
return function(options)
  local file, path = options.prelude, options.pathAhead
  local main, problem = nil, nil
  if file then
    main, problem = loadfile(file)
  end
  if main then
    local ok, message = pcall(main)
    problem = not ok and tostring(message) or nil
  end
  if type(package.path) == "string" then
    package.path = path .. ";" .. package.path
  end
  return problem
end
