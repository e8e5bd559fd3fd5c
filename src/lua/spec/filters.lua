-- Which tests are registered at all. A filter is a Lua pattern that is looked for in the full name of a test.

return function(core, options)
  local tree = core.tree

  local function fullName(name)
    return concat(tree.names(tree.current(), name), " ")
  end

  local function matchesAny(text, patterns)
    for _, pattern in ipairs(patterns) do
      if find(text, pattern) then return true end
    end
    return false
  end

  local function tagsOf(tags)
    local patterns = {}
    for index, tag in ipairs(tags) do
      patterns[index] = "#" .. tag
    end
    return patterns
  end

  local function set(names)
    local isIn = {}
    for _, name in ipairs(names) do
      isIn[name] = true
    end
    return isIn
  end

  -- A subscriber of its own for each kind, in front of the one that registers.
  local function filter(descriptors, accepts)
    for _, descriptor in ipairs(descriptors) do
      core.subscribe({ "register", descriptor }, function(name)
        return nil, accepts(name or descriptor)
      end, { priority = 1 })
    end
  end

  local TESTS = { "it", "pending" }
  local BLOCKS_AND_TESTS = { "describe", "it", "pending" }
  local EVERYTHING = {
    "file", "describe", "it", "pending", "before_each", "after_each",
    "lazy_setup", "lazy_teardown", "strict_setup", "strict_teardown",
  }

  local function when(list, descriptors, accepts)
    if list and #list > 0 then filter(descriptors, accepts) end
  end

  filter(EVERYTHING, function() return not core.skipAll end)
  when(options.filter, TESTS, function(name) return matchesAny(fullName(name), options.filter) end)
  when(options.filterOut, BLOCKS_AND_TESTS, function(name)
    return not matchesAny(fullName(name), options.filterOut)
  end)
  for _, names in ipairs { options.name or {}, options.only or {} } do
    local isIn = set(names)
    when(names, TESTS, function(name) return isIn[fullName(name)] == true end)
  end
  when(options.tags, TESTS, function(name) return matchesAny(fullName(name), tagsOf(options.tags)) end)
  when(options.excludeTags, BLOCKS_AND_TESTS, function(name)
    return not matchesAny(name, tagsOf(options.excludeTags))
  end)
end
