-- What lua.c has in C beside its `pmain`: the message handler, `arg`, and the arguments of a script.
local _G, debug, rawlen, select, tostring, type = _G, debug, rawlen, select, tostring, type
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

local function makeArg(script, ...)
  arg = {}
  for index = 0, select("#", ...) - 1 do arg[index - script] = (select(index + 1, ...)) end
end

local function setGlobal(name, value)
  _G[name] = value
end

local function arguments(arg)
  return unpack(arg, 1, rawlen(arg))
end

-- A function of C that no library holds, so that tracebacks have no name for it.
local anonymous = ipairs {}
return loadfile, load, debug.getmetatable, handle, makeArg, arguments, setGlobal, anonymous, tostring(anonymous)
