-- Calls what the program consists of, and says what went wrong in it.

local platform = ...

local function textOf(thrown)
  if type(thrown) == "string" or type(thrown) == "number" then return tostring(thrown) end
  local own = (debug.getmetatable(thrown) or {}).__tostring
  local ok, text = pcall(own or error, thrown)
  if ok and type(text) == "string" then return text end
  return platform.import "describe"(thrown)
end

local function linesOf(traceback)
  local lines = {}
  for line in gmatch(traceback, "[^\n]+") do
    insert(lines, line)
  end
  return lines
end

-- A traceback without the frames of ours: they lie above the last line, which is what runs Lua itself.
local function without(traceback, ours)
  local lines = linesOf(traceback)
  for _ = 1, ours do
    remove(lines, #lines - 1)
  end
  return concat(lines, "\n")
end

-- In 5.1 xpcall passes nothing on; there a tail call stands for the function that does. Called by neither of them, a main
-- function has no name in a traceback.
local passes_arguments = select(2, xpcall(function(...) return ... end, print, true))

local function protected(main, handler, arguments)
  local ok
  if passes_arguments then
    ok = xpcall(main, handler, unpack(arguments))
  else
    ok = xpcall(function() return main(unpack(arguments)) end, handler)
  end
  return ok
end

-- Without the line at its head, and without the last one, which is that of what runs Lua.
local below = passes_arguments and 1 or 2

-- Returns nothing, or a message and a traceback.
return function(main, arguments)
  local message, traceback
  local ours
  local function handler(thrown)
    traceback = without(debug.traceback("", 2), ours)
    message = textOf(thrown)
  end
  -- This function and those that it is called by, then `protected` and what that calls.
  ours = #linesOf(debug.traceback("", 1)) - 2 + 1 + below
  local ok = protected(main, handler, arguments)
  if ok then return nil end
  return message or "error in error handling", traceback or ""
end
