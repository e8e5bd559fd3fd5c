-- Tells of the tests of LuaUnit, whichever copy of it a program requires. The program itself runs as any script
-- does: this watches for the module, and gives each of its suites an output that tells of the tests. LuaUnit
-- writes what it is asked to write, by `-o`, LUAUNIT_OUTPUT or setOutputType, and nothing otherwise.

local platform = ...

local addBehind = platform.import "behind"
local catching = platform.import "catching"

local rawget, rawset, rawequal, setmetatable = rawget, rawset, rawequal, setmetatable
local tonumber, tostring, type = tonumber, tostring, type
local concat, find, gmatch, match, sub = concat, find, gmatch, match, sub
local getinfo, exit = debug.getinfo, globals.os.exit

-- In LuaUnit before 3.4, what passes has the status PASS.
local statuses = { SUCCESS = "success", PASS = "success", FAIL = "failure", SKIP = "pending" }

local tell
-- After how many failures a suite is to end; nil for none.
local bail
local failures = 0
-- The classes that were found, and the last one.
local known, current = {}, nil
-- Whether there was a suite, the names of the test that runs, and whether a setup would be what runs before one.
local ran, running, settingup = false, nil, true
-- The functions of the tests of a suite by LuaUnit's names of them.
local functions = {}

-- A LuaUnit of 3.2 or later: the outputs of older ones are others.
local function classof(module)
  local class = type(module) == "table" and rawget(module, "LuaUnit")
  if type(class) ~= "table" or type(rawget(class, "startSuite")) ~= "function" then
    return nil
  end
  local version = tonumber(match(tostring(rawget(module, "VERSION")), "^%d+%.%d+"))
  return version and version >= 3.2 and class or nil
end

local function namesof(node)
  local prefix = tostring(node.className) .. "."
  if sub(node.testName, 1, #prefix) == prefix then
    return node.className, sub(node.testName, #prefix + 1)
  end
  return node.testName
end

local function placeof(name)
  local info = type(functions[name]) == "function" and getinfo(functions[name], "S")
  if info and sub(info.source, 1, 1) == "@" then
    return sub(info.source, 2), info.linedefined
  end
end

-- The lines of a traceback between those of LuaUnit; LuaUnit knows its own only by the usual file name.
local function tracebackof(text, file)
  local own, lines = "\t" .. file .. ":", {}
  for line in gmatch(text or "", "\n([^\n]+)") do
    if sub(line, 1, #own) ~= own then
      lines[#lines + 1] = line
    elseif #lines > 0 then
      break
    end
  end
  return #lines > 0 and "stack traceback:\n" .. concat(lines, "\n") or nil
end

local function nothing() end

-- Tells to what belongs what has run, as spec/parts has it, where somebody wants to know: a class is a block without a line.
local ran_for = nothing

local function partof(node, source, line)
  local class, name = namesof(node)
  if name then ran_for("test", source, line, "0,0", class, name) else ran_for("test", source, line, "0", class) end
end

local silent = {
  new = function()
    return setmetatable({}, {
      __index = function()
        return nothing
      end,
    })
  end,
}

local function intercept(object, name, before, after)
  local original = object[name]
  object[name] = function(...)
    before(...)
    if original then
      original(...)
    end
    after(...)
  end
end

local function listen(runner, file)
  local output = runner.output
  local start
  intercept(output, "startClass", function()
    settingup = true
  end, nothing)
  intercept(output, "startTest", function(_, name)
    ran_for "outside"
    running, settingup = name, false
    local source, line = placeof(name)
    tell.started(source, line, namesof(runner.result.currentNode))
    start = platform.monotonic()
  end, nothing)
  intercept(output, "endTest", nothing, function(_, node)
    local seconds = platform.monotonic() - start
    local source, line = placeof(running)
    local trace = tracebackof(node.stackTrace, file)
    local status = statuses[node.status] or "error"
    running = nil
    tell.ended("it", status, seconds, node.msg, trace, source, line, nil, nil, namesof(node))
    partof(node, source, line)
    if status == "failure" or status == "error" then failures = failures + 1 end
    -- As LuaUnit's own --failure has it.
    if bail and failures >= bail then runner.result.aborted = true end
  end)
  intercept(output, "endSuite", nothing, function()
    tell.complete()
  end)
end

-- What setupSuite, setupClass and their counterparts raise belongs to no test. LuaUnit 3.4, which passes the
-- error alone, would index nil here and end with a message about that.
local function hookfailed(problem, goeson, file)
  local status = statuses[problem.status] or "error"
  if running or status == "success" or status == "pending" then
    return
  end
  local descriptor = settingup and "setup" or "teardown"
  tell.ended(descriptor, status, 0, tostring(problem.msg), tracebackof(problem.trace, file))
  if not goeson then
    tell.complete()
    exit(1)
  end
end

-- By errors LuaUnit also ends tests that succeed, or are left out.
local function isFailure(thrown)
  return type(thrown) ~= "string" or not find(thrown, "LuaUnit test S%u+:")
end

local function observe(class)
  local default = class.outputType
  local start, expand, update = class.startSuite, class.expandClasses, class.updateStatus
  local file = getinfo(start, "S").short_src

  if class.protectedCall then class.protectedCall = catching(class.protectedCall, isFailure) end

  -- Suites inside of tests, which tests of test libraries have, are theirs.
  function class.startSuite(self, ...)
    if running then
      return start(self, ...)
    end
    local asked = rawget(self, "outputType")
    if asked == nil and rawequal(class.outputType, default) then
      self.outputType = silent
    end
    ran, settingup = true, true
    start(self, ...)
    self.outputType = asked
    listen(self, file)
  end

  function class.expandClasses(...)
    local expanded = expand(...)
    if not running then
      for _, each in ipairs(expanded) do
        local name, instance = each[1], each[2]
        functions[name] = type(instance) == "table" and instance[match(name, "%.(.*)$")] or instance
      end
    end
    return expanded
  end

  if update then
    for _, name in ipairs { "setupSuite", "teardownSuite" } do
      intercept(class, name, function() if not running then ran_for "outside" end end, function()
        if not running then ran_for("block", nil, nil, "0") end
      end)
    end
    for _, name in ipairs { "setupClass", "teardownClass" } do
      intercept(class, name, function() if not running then ran_for "outside" end end, function(_, classname)
        if not running then ran_for("block", nil, nil, "0,0", tostring(classname)) end
      end)
    end
  end

  -- LuaUnit before 3.4 has neither this nor anything around suites and classes.
  if update then
    function class.updateStatus(self, first, second)
      hookfailed(second or first, second ~= nil, file)
      return update(self, first, second)
    end
  end
end

-- By name, what `require` of 5.1 and LuaJIT puts in the place of a module while that is loaded, and after it has failed:
-- were it in the table, the module would not come by here. It is a userdata there, and a number here.
local placeholders = {}

local function isplaceholder(name, value)
  local kind = type(value)
  return setfenv and (kind == "userdata" or kind == "number") and placeholders[name] == nil
end

-- Every module comes by here, also one that is loaded again.
local watch = platform.export(function(loaded, name, module)
  if isplaceholder(name, module) then
    placeholders[name] = module
    return
  end
  placeholders[name] = nil
  rawset(loaded, name, module)
  local class = classof(module)
  if class and not known[class] then
    known[class], current = true, class
    observe(class)
  end
end)

-- Loads the LuaUnit that is installed, which a file then need not do. Raises a message.
local function loadInstalled(options)
  addBehind(options)
  local module = require "luaunit"
  if not classof(module) then
    error("it is no LuaUnit of 3.2 or later", 0)
  end
end

-- In `settings` may be how many failures end a suite, `bail`, and whether to load what is `installed`.
return function(_, settings, tellers)
  if settings.phase == "before" then
    tell, bail = tellers, settings.bail
    if settings.byTest then ran_for = tellers.ran or nothing end
    setmetatable(package.loaded, { __index = setfenv and placeholders, __newindex = watch })
    if settings.installed then
      loadInstalled(settings)
    end
  elseif current and not ran and #current.collectTests(current) > 0 then
    -- The file leaves running its tests to another one.
    current.run()
  end
end
