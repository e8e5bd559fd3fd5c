-- The globals of test files. A file's global variables are those of the block that is current: what a test sets
-- is gone with it, and `describe` and `it` are found without being globals of Lua.

local environment = {}

local function environmentUpvalue(f)
  local index = 0
  repeat
    index = index + 1
    local name = debug.getupvalue(f, index)
    if name == "_ENV" then return index end
  until name == nil
end

-- The environment of a function; of one that has no globals, Lua's own.
function environment.get(f)
  if type(f) ~= "function" then return globals end
  if getfenv then return getfenv(f) end
  local index = environmentUpvalue(f)
  if not index then return globals end
  local _, value = debug.getupvalue(f, index)
  return value
end

-- Whether a global of test files is one in an environment, which may be the program's own and refuse to be asked.
function environment.sees(env, name)
  if rawequal(env, globals) then return rawget(env, name) ~= nil end
  local ok, value = pcall(function() return env[name] end)
  return ok and value ~= nil and value ~= false
end

-- Gives a function, and those that are made by it, other globals; other functions of the same chunk keep theirs.
function environment.set(f, value)
  if setfenv then
    -- Functions in C have one that cannot be set.
    pcall(setfenv, f, value)
    return
  end
  local index = environmentUpvalue(f)
  if not index then return end
  local own
  debug.upvaluejoin(f, index, function() return own end, 1)
  debug.setupvalue(f, index, value)
end

-- The function that a call of `callable` runs.
function environment.functionOf(callable)
  return (debug.getmetatable(callable) or {}).__call or callable
end

-- Replaces one global variable of a callable.
function environment.bind(callable, name, value)
  local f = environment.functionOf(callable)
  local env = setmetatable({}, { __index = environment.get(f) })
  env[name] = value
  environment.set(f, env)
end

-- The globals of test files in a tree of blocks.
function environment.of(tree)
  local function lookUp(_, key)
    local element = tree.current()
    while element do
      local value = element.env and element.env[key]
      if value then return value end
      element = tree.parent(element)
    end
    return globals[key]
  end

  local function assign(_, key, value)
    local element = tree.current()
    element.env = element.env or {}
    element.env[key] = value
  end

  return setmetatable({}, { __index = lookUp, __newindex = assign })
end

return environment
