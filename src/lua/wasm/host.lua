-- What the host libraries of lua/host need of an engine: the table that engine/fengari/bind/bind.ts describes, as far as those of
-- them need it that are no libraries of Lua's own.

local platform = ...

local engine, environment = platform.host, platform.environment
local call, handle = engine.call, engine.handle
local setmetatable, registry = debug.setmetatable, debug.getregistry()
local hasnames = environment.mathtype(1) ~= nil

local host = {
  environment = environment,
  export = engine.export,
  argerror = engine.argerror,
  typeerror = engine.typeerror,
  raise = engine.raise,
  descriptor = engine.descriptor,
}

-- What a primitive gives: a value, a text that stands for one and true, or nil, a message and errno.
local function decoded(value, istext, ...)
  if istext == true then return load("return " .. value, "=[C]")() end
  return value, istext, ...
end

host.sys = environment.setmetatable({}, {
  __index = function(primitives, name)
    local function primitive(...)
      return decoded(call(name, ...))
    end
    primitives[name] = primitive
    return primitive
  end,
})

function host.metatable(name)
  local found = registry[name]
  if not found then
    -- From 5.3 on messages have the name.
    found = { __name = hasnames and name or nil }
    registry[name] = found
  end
  return found
end

-- What userdata hold, and their metatables, which a program may change.
local held = environment.setmetatable({}, { __mode = "k" })

function host.userdata(metatable, value)
  local userdata = handle()
  held[userdata] = { metatable = metatable, value = value }
  -- In 5.1 this returns something else.
  setmetatable(userdata, metatable)
  return userdata
end

function host.value(userdata, metatable)
  local found = userdata ~= nil and held[userdata]
  return found and found.metatable == metatable and found.value or nil
end

-- File handles are C's own.
local files = { ["host/files/file"] = "wasm/file" }
local results = {}

function host.import(file)
  if results[file] == nil then
    results[file] = platform.own(files[file] or file, environment)(host)
  end
  return results[file]
end

return host
