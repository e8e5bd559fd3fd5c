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

-- A traceback without the frames of ours: they lie above the last line, which is what runs Lua itself, if that has a
-- line. In Neovim it has none, and the last one is ours, too.
local function without(traceback, ours)
  local lines = linesOf(traceback)
  for _ = 1, ours do
    remove(lines, #lines - 1)
  end
  if find(lines[#lines], "^\t%[C%]:%d") then remove(lines) end
  return concat(lines, "\n")
end

-- 5.1 hands no arguments on. There, a tail call leaves what it calls without a name, as a main chunk has none; and it leaves a level
-- without a function, which who goes through the whole stack may stumble over, so that there is none without need.
local takesArguments = select("#", xpcall(select, error, "#", nil)) == 2 and select(2, xpcall(select, error, "#", nil)) == 1

local function called(main, arguments, handler)
  local ok, problem
  -- No tail call: it would take this function from the stack.
  if takesArguments or #arguments == 0 then
    ok, problem = xpcall(main, handler, unpack(arguments))
  else
    ok, problem = xpcall(function()
      return main(unpack(arguments))
    end, handler)
  end
  return ok, problem
end

-- Returns nothing, or a message and a traceback.
return function(main, arguments)
  -- The head and those of this function and below it, of which the last stays; what calls the program comes on top.
  local ours = #linesOf(debug.traceback("", 1)) - 2 + ((takesArguments or #arguments == 0) and 2 or 3)
  local message, traceback
  local ok, problem = called(main, arguments, function(thrown)
    platform.failed(thrown, 2)
    traceback = without(debug.traceback("", 2), ours)
    message = textOf(thrown)
    -- What `load` says of an error in its reader, which goes through here, too.
    return thrown
  end)
  if ok then return nil end
  -- Where there is no memory left, Lua calls no handler.
  return message or type(problem) == "string" and problem or "error in error handling", traceback or ""
end
