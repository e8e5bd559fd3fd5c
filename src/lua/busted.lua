-- Runs the specs of a file by the busted that is installed, and tells of them as our own runner does.

local platform = ...

local loadBusted = platform.import "busted/load"
local defineFilters = platform.import "spec/filters"
local catching = platform.import "catching"
local defineResults = platform.import "spec/results"
local namesOf = platform.import "spec/names"
local runHelper = platform.import "spec/surroundings/helper"
local runPrelude = platform.import "spec/surroundings/prelude"

-- Busted's core as our own files know theirs.
local function coreOf(busted)
  local context = busted.context
  local tree = { current = context.get, parent = context.parent }
  function tree.names(element, name)
    return namesOf(context.parent, element, name)
  end
  return setmetatable({ tree = tree }, { __index = busted, __newindex = busted })
end

local function isNoPending(thrown)
  return (debug.getmetatable(thrown) or {}).__type ~= "pending"
end

local function configure(busted, options)
  busted.safe = catching(busted.safe, isNoPending)
  busted.sort, busted.randomize, busted.randomseed = options.sort, options.shuffle, options.seed
  if options.lazy then
    busted.register("setup", "lazy_setup")
    busted.register("teardown", "lazy_teardown")
  end
  -- `require "busted.runner"()` at the head of a file makes it a program; here it is one already.
  package.loaded["busted.runner"] = function() return function() end end
end

local function addFile(busted, files, file)
  local main, getTrace = files.load(busted, file)
  if main then busted.executors.file(file, setmetatable({ getTrace = getTrace }, { __call = main })) end
end

-- Below its own functions, busted takes what it finds on the stack for a program: where nothing else has raised an error,
-- that is its place.
local function execute(busted, define, options)
  local run = define(busted)
  load("local run, times, options = ...\nrun(times, options)\n", "=busted")(run, 1, { seed = options.seed })
end

local function run(loaded, file, options, tell)
  local busted = loaded.busted
  local core = coreOf(busted)
  configure(busted, options)
  defineResults(core, options, tell)
  local problem = runPrelude(options)
  if problem then
    core.publish({ "error", "configuration" }, { descriptor = "configuration" }, nil, problem, nil)
  elseif runHelper(core, options) then
    defineFilters(core, options, tell)
    addFile(busted, loaded.files, file)
    execute(busted, loaded.execute, options)
  end
  core.publish { "exit" }
end

-- `options` are those of our own runner, and where modules are: `pathAhead` of the path that there is, `pathBehind` and
-- `cpathBehind`. With `check` this only loads busted, and raises what keeps it from that.
return function(file, options, tell)
  local ok, loaded = pcall(loadBusted, options)
  if options.check then return ok or error(loaded, 0) end
  if ok then
    run(loaded, file, options, tell)
  else
    tell.ended("file", "error", 0, tostring(loaded))
  end
  tell.complete()
end
