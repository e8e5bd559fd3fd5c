-- What stands in for `pcall` and `xpcall` where errors are told that they catch. What calls a function of C stays on the stack, by a tail call
-- as well, so that there are levels of ours: texts of errors, tracebacks and the debug library are told without them.
local given, onThrown, isByOurs = ...
local levels, refuse = given.levels, given.refuse
local getinfo, getmetatable = debug.getinfo, debug.getmetatable
local pcall, xpcall, error, select, type, unpack = pcall, xpcall, error, select, type, unpack or table.unpack
local find, format, sub = string.find, string.format, string.sub

local catching = {}

-- 5.1 hands no arguments on.
local takesArguments = select(2, xpcall(function(...) return select("#", ...) end, error, nil)) == 1
-- Some Luas call functions alone to handle errors, and raise an error for others.
local needsHandler = not pcall(xpcall, type, nil)

-- What has called this stays on the stack.
local function same(...)
  return ...
end

local function placeOf(info)
  if not info or info.currentline <= 0 then return "" end
  return format("%s:%.0f: ", info.short_src, info.currentline)
end

-- A text with the place of the level that `error` was called for, if the program has meant another one. `shown` are the levels from that
-- call on, without ours, and `all` with them.
local function placed(text, shown, all, first)
  for index = 1, #all - first do
    local place = placeOf(all[first + index])
    if place ~= "" and find(text, place, 1, true) == 1 then
      local meant = shown[index + 1]
      if meant == all[first + index] then return text end
      return (meant and not meant.isC and placeOf(meant) or "") .. sub(text, #place + 1)
    end
  end
  return text
end

-- What was thrown, without places of ours. Levels are those of a handler, the caller.
local function corrected(thrown)
  if type(thrown) ~= "string" then return thrown end
  local shown, all = levels.visible(nil, 100)
  if not shown[1] or shown[1].func ~= error then return thrown end
  for first = 1, #all do
    if all[first] == shown[1] then return placed(thrown, shown, all, first) end
  end
end

levels.hide(corrected)

-- A handler of ours, which calls the program's own one, if there is one: without a name, as C does.
local function told(handler)
  local function own()
    return handler
  end
  return levels.hide(function(thrown)
    thrown = corrected(thrown)
    onThrown(thrown, 2)
    if handler then return same(own()(thrown)) end
    return thrown
  end)
end

local ofPcall = told()

-- The same for a function with arguments.
local function withArguments(fn, ...)
  local count, arguments = select("#", ...), { ... }
  local function own()
    return fn
  end
  return levels.hide(function()
    return same(own()(unpack(arguments, 1, count)))
  end)
end

local function isOfC(fn)
  return type(fn) == "function" and getinfo(fn, "S").what == "C"
end

local function isCallable(fn)
  return type(fn) == "function" or (getmetatable(fn) or {}).__call ~= nil
end

-- In 5.1 a function of C would find one of ours for its caller: what it throws is told once it has ended.
local function tellOf(ok, ...)
  if not ok then onThrown((...), 2) end
  return ok, ...
end

local function caughtByFirst(...)
  if isOfC((...)) then return same(tellOf(pcall(...))) end
  if select("#", ...) == 1 or not isCallable((...)) then return same(xpcall((...), ofPcall)) end
  return same(xpcall(withArguments(...), ofPcall))
end

-- Where `error` itself is called, it counts levels that are `more`.
local function counted(more, fn, ...)
  local text, level = ...
  if fn ~= error or type(level) ~= "number" or level < 2 then return fn, ... end
  return fn, text, level + more
end

function catching.pcall(...)
  if select("#", ...) == 0 then refuse("pcall", pcall) end
  if isByOurs(2) then return same(pcall(counted(1, ...))) end
  if not takesArguments then return same(caughtByFirst(counted(2, ...))) end
  return same(xpcall((...), ofPcall, select(2, ...)))
end

function catching.xpcall(...)
  local fn, handler = ...
  local isFunction = type(handler) == "function"
  if not isFunction and (needsHandler or select("#", ...) < 2) then refuse("xpcall", xpcall, ...) end
  if not isFunction or isByOurs(2) then return same(xpcall(...)) end
  if not takesArguments then return same(xpcall(fn, told(handler))) end
  return same(xpcall(fn, told(handler), select(3, ...)))
end

return catching
