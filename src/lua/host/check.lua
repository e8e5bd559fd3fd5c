-- The argument checks of lauxlib.c. `n` counts arguments as C does: `self` is the first one of a method.

local host = ...

local type, tonumber, tostring = type, tonumber, tostring
local find, sub = find, sub
local argerror, typeerror = host.argerror, host.typeerror

local check = {}

function check.string(n, value)
  local kind = type(value)
  if kind == "string" then
    return value
  elseif kind == "number" then
    return tostring(value)
  end
  typeerror(n, "string")
end

function check.optstring(n, value, default)
  if value == nil then
    return default
  end
  return check.string(n, value)
end

function check.number(n, value)
  local kind = type(value)
  local number = (kind == "number" or kind == "string") and tonumber(value)
  if not number then
    typeerror(n, "number")
  end
  return number
end

function check.integer(n, value)
  local number = check.number(n, value)
  -- Infinities leave NaN.
  if number % 1 ~= 0 then
    argerror(n, "number has no integer representation")
  end
  return number
end

function check.optinteger(n, value, default)
  if value == nil then
    return default
  end
  return check.integer(n, value)
end

function check.option(n, value, default, names)
  local name = check.optstring(n, value, default)
  if name == nil then
    typeerror(n, "string")
  end
  for _, each in ipairs(names) do
    if each == name then
      return name
    end
  end
  argerror(n, "invalid option '" .. check.cstring(name) .. "'")
end

-- What C sees of a string: it ends at a zero byte.
function check.cstring(text)
  local zero = find(text, "\0", 1, true)
  return zero and sub(text, 1, zero - 1) or text
end

-- luaL_fileresult for what a primitive refused.
function check.failure(message, errno, name)
  if name then
    message = check.cstring(name) .. ": " .. message
  end
  return nil, message, errno
end

-- luaL_execresult for a status, or for what kept the command from running.
function check.execresult(status, message, errno)
  if not status then
    return check.failure(message or "No child processes", errno or 10)
  end
  local success = status.how == "exit" and status.code == 0
  return success or nil, status.how, status.code
end

return check
