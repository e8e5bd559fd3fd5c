-- Tells of tests and errors as they are published.

local platform = ...

local trace = platform.import "spec/trace"

return function(core, options, tell)
  local tree = core.tree
  -- What has been said of the test that is running: the first message counts.
  local running
  local failed = 0

  local function namesOf(element)
    local names = tree.names(tree.parent(element), element.name or element.descriptor)
    for index, name in ipairs(names) do
      names[index] = tostring(name)
    end
    return names
  end

  -- Whoever wants to see it again needs the order.
  local function withSeed(element, status, message)
    local seed = (tree.parent(element) or {}).randomseed
    if not seed or status == "success" or status == "pending" then return message end
    return (message and message .. "\n" or "") .. "Random seed: " .. seed
  end

  local function ended(descriptor, status, element, said)
    if status == "failure" or status == "error" then
      failed = failed + 1
      core.skipAll = core.skipAll or (options.bail ~= nil and options.bail > 0 and failed >= options.bail)
    end
    local file, line = trace.fileAndLine(element.trace)
    local message = withSeed(element, status, said.message)
    local failedFile, failedLine = trace.fileAndLine(said.place)
    tell.ended(
      descriptor, status, element.duration or 0, message, trace.text(said.place),
      file, line, failedFile, failedLine, unpack(said.names or namesOf(element))
    )
  end

  -- The message of a test's first failure stands; what else goes wrong in it is added.
  local function add(message, place)
    if running.message then
      running.message = running.message .. "\n" .. tostring(message)
    else
      running.message, running.place = message and tostring(message), place
    end
  end

  local function onProblem(status)
    return function(element, _, message, place)
      if running and running.element == element then
        add(message, place)
      elseif status ~= "pending" then
        local names = element.descriptor == "file" and {} or nil
        ended(element.descriptor, "error", element, { message = message, place = place, names = names })
      end
      return nil, true
    end
  end

  for _, status in ipairs { "failure", "error", "pending" } do
    core.subscribe({ status }, onProblem(status), { priority = 1 })
  end

  core.subscribe({ "test", "start" }, function(element)
    running = { element = element }
    local file, line = trace.fileAndLine(element.trace)
    tell.started(file, line, unpack(namesOf(element)))
    return nil, true
  end, { priority = 1 })

  core.subscribe({ "test", "end" }, function(element, _, status)
    local said = running or {}
    running = nil
    ended(element.descriptor, status, element, said)
    return nil, true
  end, { priority = 1 })
end
