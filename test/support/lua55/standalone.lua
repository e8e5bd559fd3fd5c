-- What lua.c has in C beside its `pmain`: the message handler, `arg`, and the arguments of a script.
local debug, getmetatable, rawlen, select, tostring, type = debug, getmetatable, rawlen, select, tostring, type
local traceback, unpack = debug.traceback, table.unpack

-- Programs end in ways that flush nothing here.
io.stdout:setvbuf "no"
collectgarbage "generational"

local function handle(message)
  if type(message) == "number" then message = tostring(message) end
  if type(message) ~= "string" then
    local meta = debug.getmetatable(message)
    if meta and meta.__tostring then return tostring(message) end
    message = "(error object is a " .. type(message) .. " value)"
  end
  return traceback(message, 2)
end

local function makeArg(program, script, ...)
  arg = { [0] = script, ... }
  if script then arg[-1] = program else arg[0] = program end
end

local function arguments(arg)
  return unpack(arg, 1, rawlen(arg))
end

-- A function of C that no library holds, so that tracebacks have no name for it.
local anonymous = ipairs {}
return loadfile, load, debug.getmetatable, handle, makeArg, arguments, anonymous, tostring(anonymous)
