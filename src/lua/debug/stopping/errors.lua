-- Errors that something catches, told before they are: what catches them is replaced when that is asked for. In a coroutine that nobody
-- catches them in, they are told where it was resumed, and its frames are those that it died with.
local given, part, onThrown, onDeath = ...
local refuse, standIns, coroutine, resume = given.refuse, given.standIns, given.coroutine, given.resume
local isOurs = given.ours.has
local getinfo, rawget, rawset, type = debug.getinfo, rawget, rawset, type
local globals, pcall, xpcall, jit = _G, pcall, xpcall, jit

local errors = {}

-- What ours catch has their own ways to be told. Of the call at a level of the caller.
local function isByOurs(level)
  local caller = getinfo(level + 1, "f")
  return caller ~= nil and caller.func ~= nil and isOurs(caller.func)
end

local catching = part(jit and "stopping/catchingInPlace" or "stopping/catching", given, onThrown, isByOurs)
local hideLevels = not jit and part("hiding/levelled", given)

local function passOn(thread, ok, ...)
  if not ok then onDeath(thread, (...)) end
  return ok, ...
end

local function newResume(...)
  if type((...)) ~= "thread" then refuse("coroutine.resume", resume, ...) end
  return passOn((...), resume(...))
end

standIns[catching.pcall], standIns[catching.xpcall], standIns[newResume] = true, true, true
if jit then given.replaced[catching.pcall], given.replaced[catching.xpcall] = true, true end

-- What a program has put there itself stays.
local function exchange(library, name, original, new, whether)
  local from, to = original, new
  if not whether then from, to = new, original end
  if rawget(library, name) == from then rawset(library, name, to) end
end

-- From here on errors that are caught are told as well, or are not. What is called until then is caught as it was.
function errors.catchAll(whether)
  if whether then
    given.traceback.install()
    if hideLevels then hideLevels() end
  end
  exchange(globals, "pcall", pcall, catching.pcall, whether)
  exchange(globals, "xpcall", xpcall, catching.xpcall, whether)
  exchange(coroutine, "resume", resume, newResume, whether)
end

return errors
