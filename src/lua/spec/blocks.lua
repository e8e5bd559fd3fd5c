-- Runs a block: its function, what goes before and after its tests, and the tests in their order.

local platform = ...

local environment = platform.import "spec/surroundings/environment"

-- Elements without a name go first, as they come.
local function byName(a, b)
  if a.name and b.name then return a.name < b.name end
  return b.name ~= nil
end

local function shuffle(elements, seed)
  if seed then randomseed(seed) end
  for last = #elements, 2, -1 do
    local other = random(last)
    elements[last], elements[other] = elements[other], elements[last]
  end
end

return function(core, options, parts)
  local tree = core.tree
  local root = tree.current()
  local blocks = {}

  local function reject(name, element)
    element.env[name] = function()
      error("'" .. name .. "' not supported inside current context block", 2)
    end
  end
  blocks.reject = reject

  -- Lets an element that is no block register nothing.
  function blocks.rejectAll(element)
    element.env = element.env or {}
    local env = environment.get(environment.functionOf(element.run))
    reject("randomize", element)
    for name in pairs(core.registrars) do
      if root.env[name] and environment.sees(env, name) then reject(name, element) end
    end
  end

  local function runHooks(descriptor, element)
    local success = true
    for _, hook in ipairs(element[descriptor] or {}) do
      blocks.rejectAll(hook)
      if core.safe(descriptor, hook.run, hook) ~= "success" then success = false end
    end
    return success
  end

  -- What goes before or after all tests of a block.
  local function runHooksOfBlock(descriptor, element)
    if not element[descriptor] or #element[descriptor] == 0 then return true end
    parts.outside()
    local success = runHooks(descriptor, element)
    parts.block(element)
    return success
  end

  -- Once for each block, those of the blocks around it first.
  local function runOnce(descriptor, element)
    local parent = tree.parent(element)
    if parent and not runOnce(descriptor, parent) then return false end
    element[descriptor] = element[descriptor] or {}
    local hooks = element[descriptor]
    if hooks.success == nil then hooks.success = runHooksOfBlock(descriptor, element) end
    return hooks.success
  end

  -- From the outermost block inwards. When one fails it is also the innermost that is left behind again.
  local function runInwards(descriptor, element)
    local parent = tree.parent(element)
    if parent then
      local success, reached = runInwards(descriptor, parent)
      if not success then return success, reached end
    end
    return runHooks(descriptor, element), element
  end

  local function runOutwards(descriptor, element)
    local parent = tree.parent(element)
    runHooks(descriptor, element)
    if parent then runOutwards(descriptor, parent) end
  end

  function blocks.lazySetup(element)
    return runOnce("lazy_setup", element)
  end

  local function lazyTeardown(element)
    local hooks = element.lazy_setup
    if not hooks or hooks.success == nil then return end
    runHooksOfBlock("lazy_teardown", element)
    hooks.success = nil
  end

  function blocks.beforeEach(element)
    return runInwards("before_each", element)
  end

  function blocks.afterEach(element)
    runOutwards("after_each", element)
  end

  -- Runs what an element has registered, between its setup and its teardown.
  function blocks.surround(element)
    if runHooksOfBlock("strict_setup", element) then core.execute(element) end
    lazyTeardown(element)
    runHooksOfBlock("strict_teardown", element)
  end

  -- Runs the function of a block, which registers its tests, and then those.
  function blocks.execute(descriptor, element)
    element.env = element.env or {}
    local shuffled, seed = options.shuffle, options.seed
    element.env.randomize = function(...)
      local first, second = ...
      shuffled = select("#", ...) == 0 or first
      if shuffled then seed = tonumber(first) or tonumber(second) or seed end
    end
    local status = core.safe(descriptor, element.run, element)
    parts.outside()
    if status ~= "success" then return end
    if options.sort then
      sort(tree.children(element), byName)
    elseif shuffled then
      element.randomseed = seed
      shuffle(tree.children(element), seed)
    end
    blocks.surround(element)
  end

  return blocks
end
