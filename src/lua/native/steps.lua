-- Runs the steps of a job, and tells how they ended.

local platform = ...

local call = platform.import "native/failure"

-- What to call for a step, and with what; nil and a message where a file does not load.
local prepare = {}

function prepare.script(step, args)
  local main, problem = loadfile(step.file)
  return main, problem or args
end

function prepare.stdin(_, args)
  local main, problem = loadfile()
  return main, problem or args
end

function prepare.file(step)
  local main, problem = loadfile(step.file)
  return main, problem or {}
end

function prepare.text(step)
  local main, problem = load(step.text, step.name)
  return main, problem or {}
end

-- As `lua -l`: the module becomes a global of its name.
function prepare.require(step)
  return function(name)
    globals[name] = require(name)
  end, { step.module }
end

-- The agent, if it runs: between two tests it leaves what the ones before have covered, in case the next one is the last.
local agent = rawget(globals.string, "luacov_ts") or function() end

-- What has interrupted a program goes on to end it.
local function leaveIfInterrupted(message)
  if find(message or "", "interrupted!$") then agent("leave", true) end
end

function prepare.tests(step, _, tell, leave)
  local tellers = {}
  function tellers.started(...)
    leave()
    agent("test", ...)
    tell("started", ...)
    platform.entering()
  end
  function tellers.ended(descriptor, status, seconds, message, ...)
    leaveIfInterrupted(message)
    agent "test"
    tell("ended", descriptor, status, seconds, message, ...)
  end
  function tellers.ran(kind, file, line, lines, ...)
    tell("ran", kind, file, line, lines, { agent "ran" or "" }, ...)
  end
  function tellers.complete()
    tell "complete"
  end
  local run = platform.import(step.style)
  return function() run(step.file, step.settings or {}, tellers) end, {}
end

-- Nothing where all went well, else what went wrong and where.
local function problemIn(steps, args, tell, leave)
  for _, step in ipairs(steps) do
    local main, given = prepare[step.kind](step, args, tell, leave)
    if not main then return given, "" end
    local message, traceback = call(main, given)
    if message then return message, traceback end
  end
end

return function(job, tell)
  tell("begin", globals._VERSION, globals.jit and globals.jit.version)
  -- Its profile is of no more time than the program's.
  agent "begin"
  -- It is left to the limit to have counters left: whether they are is a matter of time, and would count.
  local leave = job.maxInstructions and function() end or function() agent "leave" end
  if job.maxInstructions then
    platform.entering = platform.import "native/limit"(job.maxInstructions, agent, tell)
  end
  local message, traceback = problemIn(job.steps, job.args, tell, leave)
  agent "over"
  platform.finish()
  if message then
    leaveIfInterrupted(message)
    tell("failed", message, traceback)
    -- The state is closed as at any end, where a Lua can do that here.
    os.exit(1, true)
  end
  tell "returned"
end
