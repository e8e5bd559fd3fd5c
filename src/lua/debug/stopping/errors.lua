-- Errors that something catches, told before they are: what catches them is replaced when that is asked for. In a coroutine that nobody
-- catches them in, they are told where it was resumed, and its frames are those that it died with.
local standIns, isOurs, coroutine, resume, onThrown, onDeath = ...
local getinfo = debug.getinfo
local pcall, xpcall, error, select, type = pcall, xpcall, error, select, type
local unpack, globals, rawget, rawset = unpack or table.unpack, _G, rawget, rawset

local errors = {}

-- 5.1 hands no arguments on.
local takesArguments = select(2, xpcall(function(...) return select("#", ...) end, error, nil)) == 1

local function watched(fn, handler, ...)
  if takesArguments then return xpcall(fn, handler, ...) end
  local count, arguments = select("#", ...), { ... }
  return xpcall(function() return fn(unpack(arguments, 1, count)) end, handler)
end

local function told(handler)
  return function(...)
    onThrown((...), 2)
    if handler then return handler(...) end
    return ...
  end
end

-- So that what has called this stays on the stack: a program sees its own calls.
local function same(...)
  return ...
end

-- What ours catch has their own ways to be told. Of the call at a level of the caller.
local function isByOurs(level)
  local caller = getinfo(level + 1, "f")
  return caller ~= nil and caller.func ~= nil and isOurs(caller.func)
end

-- In 5.1 a function of C would find one of ours for its caller: it is told of once it has ended.
local function tellOf(ok, ...)
  if not ok then onThrown((...), 2) end
  return ok, ...
end

local function isOfC(fn)
  return not takesArguments and type(fn) == "function" and getinfo(fn, "S").what == "C"
end

local function newPcall(...)
  if select("#", ...) == 0 or isByOurs(2) then return same(pcall(...)) end
  if isOfC((...)) then return tellOf(pcall(...)) end
  return same(watched((...), told(), select(2, ...)))
end

local function newXpcall(...)
  local fn, handler = ...
  if type(handler) ~= "function" or isByOurs(2) then return same(xpcall(...)) end
  return same(watched(fn, told(handler), select(3, ...)))
end

local function passOn(thread, ok, ...)
  if not ok and type(thread) == "thread" then onDeath(thread, (...)) end
  return ok, ...
end

local function newResume(...)
  return passOn((...), resume(...))
end

standIns[newPcall], standIns[newXpcall], standIns[newResume] = true, true, true

-- What a program has put there itself stays.
local function exchange(library, name, original, new, whether)
  local from, to = original, new
  if not whether then from, to = new, original end
  if rawget(library, name) == from then rawset(library, name, to) end
end

-- From here on errors that are caught are told as well, or are not.
function errors.catchAll(whether)
  exchange(globals, "pcall", pcall, newPcall, whether)
  exchange(globals, "xpcall", xpcall, newXpcall, whether)
  exchange(coroutine, "resume", resume, newResume, whether)
end

return errors
