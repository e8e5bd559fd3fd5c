-- Expressions and statements in a frame: names are what they are there, also those that are assigned to.
local names = ...
local compile, setfenv, pcall, select, setmetatable, tostring, unpack =
  loadstring or load, setfenv, pcall, select, setmetatable, tostring, unpack or table.unpack
local gsub = string.gsub

-- What is defined in an expression and lives on knows the frame no more once that has ended.
local function environmentOf(frame)
  local isOver, outer = false, names.environment(frame)
  local environment = setmetatable({}, {
    __index = function(_, name)
      if isOver then return outer[name] end
      return names.get(frame, name)
    end,
    __newindex = function(_, name, value)
      if isOver then outer[name] = value
      else names.set(frame, name, value) end
    end,
  })
  return environment, function() isOver = true end
end

local function chunkFor(text, environment)
  local chunk, message
  if setfenv then
    chunk, message = compile(text, "=(debug)")
    return chunk and setfenv(chunk, environment), message
  end
  return compile(text, "=(debug)", "t", environment)
end

local function pack(...)
  return { n = select("#", ...), ... }
end

local function messageOf(problem)
  return (gsub(tostring(problem), "^%(debug%):1: ", ""))
end

-- Returns a list of values with their number `n`; or nil and what is wrong.
return function(frame, text)
  local environment, finish = environmentOf(frame)
  local chunk = chunkFor("return " .. text, environment)
  local message
  if not chunk then chunk, message = chunkFor(text, environment) end
  if not chunk then return nil, messageOf(message) end
  local varargs, count = names.varargs(frame)
  local results
  if varargs then results = pack(pcall(chunk, unpack(varargs, 1, count))) else results = pack(pcall(chunk)) end
  finish()
  if not results[1] then return nil, messageOf(results[2]) end
  return { n = results.n - 1, unpack(results, 2, results.n) }
end
