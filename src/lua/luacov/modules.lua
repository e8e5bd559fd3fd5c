-- LuaCov's modules for programs that are measured anyway: what they ask of LuaCov is done here, or is so already.
--
-- `platform.measure` is what the one who measures can do, each of which may be missing:
--
-- - `saveCounts()`: writes what was counted until now; `pauseSaving(isPaused)`: whether it is written by and by;
-- - `endCounting(isOver)`: whether what is counted from now on is thrown away;
-- - `enterCoroutine()`: measures the coroutine that runs, if it was made where nobody noticed;
-- - `choose(isIncluded)`: asks that function, with a path, which sources count.

local platform = ...

local modules = {}

local function theRunner()
  return platform.import "luacov/runner"
end

modules["luacov.runner"] = theRunner

function modules.luacov()
  local own = theRunner()
  own.init()
  return own
end

modules["luacov.tick"] = function()
  local own = theRunner()
  own.tick = true
  own.init()
  return {}
end

modules["luacov.defaults"] = function()
  return theRunner().defaults
end

-- The report comes when all has run.
local function reporter()
  return { report = function() end }
end

-- The loader of a module of LuaCov's; nil for another one.
return function(name)
  local known = modules[name]
  if known then return known end
  if name == "luacov.reporter" or name:sub(1, 16) == "luacov.reporter." then return reporter end
end
