-- The debugger of a program, as long as nothing stops that: it takes the commands that come before the program begins, and has functions
-- with breakpoints tell that they begin. All else, `whole`, is loaded when the program is to stop, by when it may have changed what it
-- likes: files of ours find the libraries as they were. `channel` is how it talks with who shows it; `given` has
--
-- - `hooks()`: the manager of Lua's hook; `noteCoroutines()`: keeps those in mind that are made before it is loaded; `ours`: which functions
--   are ours; `standIns`; `main`: the main coroutine, where Lua tells it;
-- - `libraryName(fn)`: the name of a function of a library.
--
-- Returns a table: `failed(message, level)` is for an error that nothing will catch, while the stack is as it was; `dbg(condition)` is what
-- programs call to stop; `rewrite(text, file)` gives what is loaded in place of a file's text, where functions tell that they begin,
-- by `entered()`; `loads(file)` is for one of which that is not asked; `finish()` is for the end; `traceback` is
-- debug.traceback without levels of ours.
local part, channel, given = ...
local getinfo, pcall, select, tostring, wrap = debug.getinfo, pcall, select, tostring, coroutine.wrap
local jit, isFirst = jit, not rawlen and not jit
local version = jit and jit.version or _VERSION
local isOurs = given.ours.has
local stands = channel.stands or function() end

local json = part "json"
local talking = part("talking", channel, json)
local beginning = part("beginning", talking, json)
given.json, given.talking, given.beginning, given.stands = json, talking, beginning, stands
given.pathOf = part("looking/paths", channel.folder or "")
given.entries = part("stopping/entries", given.pathOf)
given.files = { open = io.open, read = io.stdout.read, close = io.stdout.close }
given.noteCoroutines()
given.coroutine, given.debug = _G.coroutine, _G.debug
given.levels = part("hiding/levels", given.standIns, isOurs)
given.refuse = part "hiding/refuse"
given.traceback = part("hiding/traceback", given)
given.firstHook = isFirst and part("hearing/firstHook", given)
given.resume = given.coroutine.resume

local debugger = { traceback = given.traceback.of }
local requests, whole
-- Whether the program is left to itself; whether this is at work, which nothing is to stop: a pause may come while a request is read.
local isLeft, isAtWork = false, true

local function load()
  whole = part("whole", part, given)
end

-- Where the stack has overflowed there is room on another one; and where no other one can begin there is still some.
local function loadAnywhere()
  isAtWork = true
  stands(true)
  local ok, message = pcall(wrap(load))
  if not ok then ok, message = pcall(load) end
  stands(false)
  isAtWork = false
  if ok then return end
  isLeft = true
  talking.tell { event = "log", text = "the debugger cannot be loaded: " .. tostring(message), file = "", line = 0 }
end

-- Whether there is more than this; it is loaded if need be.
local function isWhole(unanswered)
  if whole then return true end
  loadAnywhere()
  if whole then whole.begin(requests, unanswered) end
  return whole ~= nil
end

local function isFree()
  return isLeft or isAtWork or whole ~= nil and whole.isFree()
end

-- Whether an error is to stop the program, as far as was said before it began.
local function areErrorsTold()
  local mode = "never"
  for index = 1, #requests do mode = requests[index].mode or mode end
  return mode ~= "never"
end

function debugger.failed(message, level)
  if isFree() or not whole and not areErrorsTold() then return end
  if isWhole() then whole.failed(message, (level or 1) + 1) end
end

-- A call without arguments, or with a value that is true, stops.
function debugger.dbg(...)
  local isAsked = select("#", ...) == 0 or (...)
  if isAsked and not isFree() and isWhole() then whole.stopAt(2, "dbg") end
  return ...
end

-- A file is loaded in another way, as a copy with counters, or as a text that a program has read.
function debugger.loads(name)
  if given.entries.loads(name) and not isFree() and isWhole() then whole.loads() end
end

-- What functions with breakpoints call as they begin.
function debugger.entered()
  local isNew = not whole
  if not isFree() and isWhole() then whole.entered(isNew) end
end

-- Whether a chunk reaches it: a program may have given strings another index.
local function isReachable()
  local ok, found = pcall(function() return ("entered"):luacov_ts() end)
  return ok and found == debugger.entered
end

function debugger.rewrite(text, name)
  if isReachable() then return given.entries.rewrite(text, name) end
  debugger.loads(name)
end

function debugger.pause()
  if not isFree() and isWhole() then whole.pause() end
end

local function isPauseWanted()
  return channel.wantsPause()
end

given.isCompiling = jit and jit.status() or false
given.pausing = channel.wantsPause and part("stopping/pausing", given.hooks, isPauseWanted, debugger.pause, given.isCompiling)
local pausing = given.pausing

function debugger.finish()
  if pausing then pausing.finish() end
  if whole then whole.detach() end
  isLeft = true
  talking.tell { event = "ended" }
end

local isStanding = false

-- Whether what runs is the program's: it is asked at any moment, also while something of ours runs, and then again soon. Where the program
-- stands, or is about to, there is nothing more to do.
local function isInProgram()
  if whole then whole.doubt() end
  if isStanding or isFree() then return true end
  local info = getinfo(2, "f")
  return info ~= nil and not isOurs(info.func)
end

-- Where that is, in the middle of a line: many coroutines would have to be made to tell of their next one.
local function standStill()
  if isStanding or isFree() then return end
  isStanding = true
  if isWhole() then whole.pauseAt(2) end
  isStanding = false
end

if channel.onPause then channel.onPause(isInProgram, standStill) end

talking.tell { event = "ready", version = version }
stands(true)
local isPlain, unanswered
requests, isPlain, unanswered = beginning.serve()
stands(false)
isAtWork = false
-- Of breakpoints that no function tells of, calls are listened to.
for index = 1, #requests do
  local lines = requests[index].lines
  isPlain = isPlain and not (lines and not given.entries.set(lines))
end
if not isPlain then isWhole(unanswered)
elseif requests[#requests].command == "detach" then isLeft = true end
if pausing and not whole then pausing.set(false) end

return debugger
