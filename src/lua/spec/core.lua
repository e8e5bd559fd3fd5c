-- What registers blocks and tests, runs something of theirs in a safe way, and publishes how it went.

local platform = ...

local channels = platform.import "spec/channels"
local environment = platform.import "spec/surroundings/environment"
local failure = platform.import "spec/failure"
local newTree = platform.import "spec/tree"
local trace = platform.import "spec/trace"

-- What happened first and is worse counts: a failure stays one when something else succeeds.
local function worse(status, other)
  if status == "success" or (status == "pending" and other ~= "success") then return other end
  return status
end

-- Before 5.4 what goes wrong in a finalizer is an error of whoever collects; it ran, and the next time the others do.
local function collect()
  for _ = 1, 100 do
    if pcall(collectgarbage) then return end
  end
end

return function()
  local core = channels()
  local tree = newTree()
  local globalsOfTests = environment.of(tree)
  local executors, attributesOf = {}, {}

  core.tree = tree
  core.worse = worse
  -- What test files call, by name.
  core.registrars = {}
  -- The names that `require "busted"` has.
  core.api = {}
  -- True once nothing more is to be run.
  core.skipAll = false

  -- Gives a file's main function the globals of test files.
  function core.wrap(callable)
    environment.set(environment.functionOf(callable), globalsOfTests)
  end

  function core.export(name, value)
    core.api[name] = value
    local element = tree.current()
    element.env = element.env or {}
    element.env[name] = value
  end

  -- Calls a function of an element's and returns its status. What it throws is published, as { status, … }.
  -- `part` is what of the element runs: only `it` itself can fail; elsewhere a failure is an error.
  function core.safe(part, run, element)
    tree.push(element)
    local status, message, place = "success", nil, nil
    local function onError(thrown)
      status = failure.statusOf(thrown)
      if status ~= "pending" then platform.failed(thrown, 2) end
      place = trace.withTraceback(1) or element.trace
      message = trace.message(thrown, place)
    end
    platform.entering()
    local ok, problem = xpcall(run, onError)
    if not ok then
      -- The handler itself may have failed; where there is no memory left, Lua calls none, and 5.1 collects nothing.
      if not message then
        local isMemory = type(problem) == "string" and find(problem, "^not enough memory")
        if isMemory then collect() end
        status, message = "error", isMemory and problem or "error in error handling"
      end
      if status == "failure" and part ~= "it" then status = "error" end
      core.publish({ status, element.descriptor }, element, tree.parent(element), message, place)
    end
    tree.pop()
    return status
  end

  -- Publishes { descriptor, "start" } or { descriptor, "end" }; false when a subscriber throws.
  function core.announce(part, names, element, ...)
    local clock = platform.monotonic()
    if names[2] == "start" then
      element.starttick, element.starttime = clock, platform.time()
    else
      element.endtick, element.endtime = clock, platform.time()
      element.duration = element.starttick and clock - element.starttick
    end
    local arguments = { n = select("#", ...), ... }
    local function publish()
      core.publish(names, element, unpack(arguments, 1, arguments.n))
    end
    return core.safe(part, publish, element) == "success"
  end

  local function onRegister(descriptor)
    core.subscribe({ "register", descriptor }, function(name, run, place, attributes)
      local current = tree.current()
      local element =
        { descriptor = descriptor, attributes = attributes or {}, name = name, run = run, trace = place }
      tree.attach(element)
      current[descriptor] = current[descriptor] or {}
      insert(current[descriptor], element)
    end)
  end

  -- What test files call: `describe(name, function)`, or `describe(name)` which waits for the function.
  local function registrar(alias, descriptor, attributes)
    return function(name, run)
      if not run and type(name) == "function" then
        name, run = alias, name
      elseif not run then
        run = attributes and attributes.default
      end
      local place = tree.parent(tree.current()) and trace.at(1) or nil
      local function publish(f)
        core.publish({ "register", descriptor }, name, f, place, attributes)
      end
      if not run then return publish end
      publish(run)
    end
  end

  -- Makes a kind of block or test, run by `executor` when there is one, as `describe` or `it`.
  function core.register(descriptor, executor, attributes)
    executors[descriptor], attributesOf[descriptor] = executor, attributes
    core.registrars[descriptor] = registrar(nil, descriptor, attributes)
    core.export(descriptor, core.registrars[descriptor])
    onRegister(descriptor)
  end

  -- Another name for a kind; with attributes of its own it runs as such.
  function core.alias(alias, descriptor, attributes)
    attributes = attributes or attributesOf[descriptor]
    executors[alias], attributesOf[alias] = executors[descriptor], attributes
    core.registrars[alias] = registrar(alias, descriptor, attributes)
    core.export(alias, core.registrars[alias])
  end

  -- Runs what an element has registered.
  function core.execute(element)
    for _, child in ipairs(tree.children(element)) do
      local executor = executors[child.descriptor]
      if executor and not core.skipAll then
        core.safe(child.descriptor, function() executor(child) end, child)
      end
    end
  end

  return core
end
