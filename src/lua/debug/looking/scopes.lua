-- What a frame sees, as lists for `references`.
local names, keys, stack = ...
local getupvalue, setupvalue, format, rawget, type = debug.getupvalue, debug.setupvalue, string.format, rawget, type

local function localsOf(frame)
  local list, latest = {}, {}
  names.eachLocal(frame, function(index, name, value)
    local before = latest[name]
    if before then before.isShadowed, before.path = true, "" end
    local variable = { name = name, value = value, path = name }
    function variable.set(new) stack.setlocal(frame, index, new) end
    list[#list + 1], latest[name] = variable, variable
  end)
  return list, latest
end

local function varargsOf(frame)
  local list = {}
  local values, count = names.varargs(frame)
  for index = 1, count or 0 do
    list[index] = {
      name = format("...[%d]", index), value = values[index], path = format("(select(%d, ...))", index),
      set = function(new) stack.setlocal(frame, -index, new) end,
    }
  end
  return list
end

local function upvaluesOf(frame, locals)
  local list = {}
  names.eachUpvalue(frame, function(index, name, value)
    list[#list + 1] = {
      name = name, value = value, path = locals[name] and "" or name, isShadowed = locals[name] ~= nil,
      set = function(new) setupvalue(frame.fn, index, new) end,
      get = function()
        local _, now = getupvalue(frame.fn, index)
        return now
      end,
    }
  end)
  return list
end

local function globalsOf(frame)
  local environment = names.environment(frame)
  local list = {}
  if type(environment) ~= "table" then return list end
  local _, all = keys.of(environment)
  for index = 1, #all do
    local key = all[index]
    if type(key) == "string" then
      list[#list + 1] = {
        name = key, value = rawget(environment, key), path = key,
        set = function(new) environment[key] = new end, get = function() return rawget(environment, key) end,
      }
    end
  end
  return list
end

-- Returns a list of scopes: their kind and their variables, which have `get` where they outlive the call.
return function(frame)
  local locals, latest = localsOf(frame)
  return {
    { kind = "locals", list = locals },
    { kind = "varargs", list = varargsOf(frame) },
    { kind = "upvalues", list = upvaluesOf(frame, latest) },
    { kind = "globals", list = globalsOf(frame) },
  }
end
