-- Tells to which test or block belongs what has run, where somebody wants to know what each of them covers:
--
-- - `tell.ran("test", file, line, lines, name...)`: what has run since the last call belongs to a test. `lines` are those of the file,
--   which is 0, and of the blocks around it, with commas; the names are those of the blocks and its own;
-- - `tell.ran("block", nil, nil, lines, name...)`: to all tests of a block, or of the file;
-- - `tell.ran("outside")`: to none, as it was loaded, or has registered tests.

local platform = ...

local trace = platform.import "spec/trace"

local function nothing() end

return function(core, options, tell)
  if not options.byTest or not tell.ran then return { outside = nothing, block = nothing, test = nothing } end
  local tree = core.tree
  local parts = {}

  local function linesOf(element)
    local lines = {}
    while element and element.descriptor ~= "file" and element.descriptor ~= "suite" do
      local _, line = trace.fileAndLine(element.trace)
      insert(lines, 1, tostring(line or "?"))
      element = tree.parent(element)
    end
    insert(lines, 1, "0")
    return concat(lines, ",")
  end

  local function namesOf(element, name)
    local names = tree.names(element, name)
    for index, each in ipairs(names) do
      names[index] = tostring(each)
    end
    return unpack(names)
  end

  function parts.outside()
    tell.ran "outside"
  end

  function parts.block(element)
    if element.descriptor == "suite" then return tell.ran("block", nil, nil, "0") end
    tell.ran("block", nil, nil, linesOf(element), namesOf(element))
  end

  function parts.test(element)
    local parent = tree.parent(element)
    local file, line = trace.fileAndLine(element.trace)
    tell.ran("test", file, line, linesOf(parent), namesOf(parent, element.name or element.descriptor))
  end

  return parts
end
