-- Which tests are registered at all. A filter is a Lua pattern that is looked for in the full name of a test.

local platform = ...

local trace = platform.import "spec/trace"

return function(core, options, tell)
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

  -- Whether a place is in one of some ranges of lines, as "3-9", of the test file.
  local function isAt(place, ranges)
    local file, line = trace.fileAndLine(place)
    if file ~= options.linesOf then return false end
    for _, range in ipairs(ranges) do
      local first, last = match(range, "^(%d+)-(%d+)$")
      if tonumber(first) <= line and line <= tonumber(last) then return true end
    end
    return false
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
      core.subscribe({ "register", descriptor }, function(name, _, place)
        return nil, accepts(name or descriptor, place)
      end, { priority = 1 })
    end
  end

  local TESTS = { "it", "pending" }
  local BLOCKS_AND_TESTS = { "describe", "it", "pending" }
  local HOOKS = {
    "before_each", "after_each", "lazy_setup", "lazy_teardown", "strict_setup", "strict_teardown",
  }
  local EVERYTHING = { "file", "describe", "it", "pending", unpack(HOOKS) }

  -- Tells of tests where they are, and registers neither them nor what runs around them.
  local function list()
    for _, descriptor in ipairs(TESTS) do
      core.subscribe({ "register", descriptor }, function(name, _, place)
        local file, line = trace.fileAndLine(place)
        local names = tree.names(tree.current(), name or descriptor)
        for index, each in ipairs(names) do
          names[index] = tostring(each)
        end
        tell.ended(descriptor, "pending", 0, nil, nil, file, line, nil, nil, unpack(names))
        return nil, false
      end, { priority = 1 })
    end
    filter(HOOKS, function() return false end)
  end

  local function when(texts, descriptors, accepts)
    if texts and #texts > 0 then filter(descriptors, accepts) end
  end

  filter(EVERYTHING, function() return not core.skipAll end)
  -- What comes first hears of a test last, when nothing else has kept it out.
  if options.list then list() end
  when(options.filter, TESTS, function(name) return matchesAny(fullName(name), options.filter) end)
  when(options.filterOut, BLOCKS_AND_TESTS, function(name)
    return not matchesAny(fullName(name), options.filterOut)
  end)
  for _, names in ipairs { options.name or {}, options.only or {} } do
    local isIn = set(names)
    when(names, TESTS, function(name) return isIn[fullName(name)] == true end)
  end
  when(options.lines, TESTS, function(_, place) return isAt(place, options.lines) end)
  when(options.tags, TESTS, function(name) return matchesAny(fullName(name), tagsOf(options.tags)) end)
  when(options.excludeTags, BLOCKS_AND_TESTS, function(name)
    return not matchesAny(name, tagsOf(options.excludeTags))
  end)
end
