-- Has a debugger told of the error that ends the script of `lua script.lua`: the interpreter catches it in C, so that the script is called
-- by what catches it first. What the interpreter then says is what it would have said. `loading` gives chunks of files, as agent/loading/script
-- wants it.
local loading, hits = ...
local debug, error, loadfile, setmetatable, tostring, type, xpcall = debug, error, loadfile, setmetatable, tostring, type, xpcall
local concat, find, gmatch, remove, select = table.concat, string.find, string.gmatch, table.remove, select
local getmetatable, traceback, unpack = debug.getmetatable, debug.traceback, unpack or table.unpack
local isFirst = not rawlen and not jit

-- 5.1 hands no arguments on: there, what calls the script leaves a line for its tail call.
local takesArguments = select(2, xpcall(function(...) return select("#", ...) end, error, nil)) == 1
local ours = takesArguments and 2 or 3

-- Without what stands between the script and the interpreter, which has the last line.
local function without(text)
  local lines = {}
  for line in gmatch(text, "[^\n]+") do lines[#lines + 1] = line end
  for _ = 1, ours do remove(lines, #lines - 1) end
  return concat(lines, "\n")
end

-- What the interpreter says of it with a traceback; nil for what has none.
local function textOf(thrown)
  if type(thrown) == "string" or type(thrown) == "number" then return tostring(thrown) end
  local hasText = (getmetatable(thrown) or {}).__tostring ~= nil
  return not hasText and find(_VERSION, "5%.[3-9]") and "(error object is a " .. type(thrown) .. " value)" or nil
end

-- 5.1 asks for the traceback of a text; LuaJIT adds one of its own; others take the text of an object as it is.
local function raise(text)
  if isFirst then debug.traceback = function(message) return message end end
  error(rawlen and setmetatable({}, { __tostring = function() return text end }) or text, 0)
end

local function caught(chunk)
  return function(...)
    local ok, problem, text
    local function handle(thrown)
      hits.debugger.failed(thrown, 2)
      text = textOf(thrown)
      text = text and text .. "\n" .. without(traceback("", 2))
      return thrown
    end
    if takesArguments then ok, problem = xpcall(chunk, handle, ...)
    else
      local count, arguments = select("#", ...), { ... }
      ok, problem = xpcall(function() return chunk(unpack(arguments, 1, count)) end, handle)
    end
    if ok then return end
    if text then raise(text) end
    error(problem, 0)
  end
end

-- What the runner of tests does not catch, it tells itself.
local function fromFile(name)
  if "@" .. name == hits.runner then return nil end
  local chunk = loading.fromFile(name) or loadfile(name)
  return chunk and caught(chunk)
end

return { fromFile = fromFile, missed = loading.missed }
