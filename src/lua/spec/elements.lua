-- The kinds of blocks and tests: what each does when its turn comes.

local platform = ...

local failure = platform.import "spec/failure"

return function(core, blocks, options, parts)
  local tree = core.tree

  local function block(descriptor)
    return function(element)
      local parent = tree.parent(element)
      if core.announce(descriptor, { descriptor, "start" }, element, parent) then
        blocks.execute(descriptor, element)
      end
      core.announce(descriptor, { descriptor, "end" }, element, parent)
    end
  end

  local function file(element)
    core.wrap(element.run)
    block("file")(element)
  end

  local function runTest(element, parent)
    local finally
    element.env.finally = function(f) finally = f end
    element.env.pending = failure.pending
    local status = "error"
    if core.announce("test", { "test", "start" }, element, parent) then
      status = core.safe("it", element.run, element)
      if finally then
        blocks.reject("pending", element)
        status = core.worse(status, core.safe("finally", finally, element))
      end
    end
    core.announce("test", { "test", "end" }, element, parent, status)
  end

  local function it(element)
    local parent = tree.parent(element)
    -- The failed setup has been published; its tests are not run.
    if not blocks.lazySetup(parent) then return end
    blocks.rejectAll(element)
    local ready, reached = blocks.beforeEach(parent)
    if ready then runTest(element, parent) end
    blocks.afterEach(reached)
    parts.test(element)
  end

  local function pending(element)
    local parent = tree.parent(element)
    local ready = core.announce("it", { "test", "start" }, element, parent)
    core.announce("it", { "test", "end" }, element, parent, ready and "pending" or "error")
  end

  core.register("file", file, { envmode = "insulate" })
  core.register("describe", block "describe")
  core.alias("insulate", "describe", { envmode = "insulate" })
  core.alias("expose", "describe", { envmode = "expose" })
  core.register("it", it)
  core.register("pending", pending, { default = function() end })

  for _, hook in ipairs { "before_each", "after_each", "lazy_setup", "lazy_teardown", "strict_setup", "strict_teardown" } do
    core.register(hook, nil, { envmode = "unwrap" })
  end
  core.alias("setup", options.lazy and "lazy_setup" or "strict_setup")
  core.alias("teardown", options.lazy and "lazy_teardown" or "strict_teardown")

  core.alias("context", "describe")
  core.alias("spec", "it")
  core.alias("test", "it")
end
