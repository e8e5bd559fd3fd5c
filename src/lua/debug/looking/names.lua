-- What names mean in a frame: locals, upvalues, and globals, which are fields of the function's own environment.
local stack, copies = ...
local getupvalue, setupvalue, getfenv = debug.getupvalue, debug.setupvalue, debug.getfenv
local byte = string.byte
local globals, rawlen, jit = _G, rawlen, jit

local names = {}

-- Lua's own have parentheses.
local function isShown(frame, name)
  return byte(name, 1) ~= 40 and name ~= "_ENV" and not (frame.file and copies.hasName(frame.file, name))
end

-- Calls a function with the index, name and value of each local, in their order.
function names.eachLocal(frame, call)
  if frame.isC then return end
  local index = 1
  local name, value = stack.getlocal(frame, index)
  while name do
    if isShown(frame, name) then call(index, name, value) end
    index = index + 1
    name, value = stack.getlocal(frame, index)
  end
end

-- The same of upvalues.
function names.eachUpvalue(frame, call)
  if frame.isC then return end
  local index = 1
  local name, value = getupvalue(frame.fn, index)
  while name do
    if isShown(frame, name) then call(index, name, value) end
    index = index + 1
    name, value = getupvalue(frame.fn, index)
  end
end

-- The arguments that have no names, and how many; nil where this Lua does not tell.
function names.varargs(frame)
  if frame.isC or not rawlen and not jit then return nil end
  local values, count = {}, 0
  local name, value = stack.getlocal(frame, -1)
  while name do
    count = count + 1
    values[count] = value
    name, value = stack.getlocal(frame, -count - 1)
  end
  return values, count
end

-- The variable of a name that is no global: its kind, index and value.
local function variable(frame, wanted)
  local kind, at, found
  names.eachLocal(frame, function(index, name, value)
    if name == wanted then kind, at, found = "local", index, value end
  end)
  if kind then return kind, at, found end
  names.eachUpvalue(frame, function(index, name, value)
    if name == wanted then kind, at, found = "upvalue", index, value end
  end)
  return kind, at, found
end

local function ownEnvironment(frame)
  local found
  local index = 1
  local name, value = stack.getlocal(frame, index)
  while name do
    if name == "_ENV" then found = value end
    index = index + 1
    name, value = stack.getlocal(frame, index)
  end
  index = 1
  name, value = getupvalue(frame.fn, index)
  while name and found == nil do
    if name == "_ENV" then found = value end
    index = index + 1
    name, value = getupvalue(frame.fn, index)
  end
  return found
end

-- Where a frame's globals are.
function names.environment(frame)
  if frame.isC then return globals end
  if getfenv then return getfenv(frame.fn) end
  local found = ownEnvironment(frame)
  if found == nil then return globals end
  return found
end

function names.get(frame, name)
  if name == "_ENV" and not getfenv then return names.environment(frame) end
  local kind, _, value = variable(frame, name)
  if kind then return value end
  return names.environment(frame)[name]
end

-- Returns which kind of variable has been set.
function names.set(frame, name, value)
  local kind, index = variable(frame, name)
  if kind == "local" then stack.setlocal(frame, index, value)
  elseif kind == "upvalue" then setupvalue(frame.fn, index, value)
  else names.environment(frame)[name] = value end
  return kind or "global"
end

return names
