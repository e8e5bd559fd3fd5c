-- Keeping the globals and the loaded modules as they were before a block ran.

local insulation = {}

local function copy(source)
  local target = {}
  for key, value in next, source do
    target[key] = value
  end
  return target
end

-- Assigning to fields that exist is all that a traversal allows.
local function putBack(target, saved)
  for key in next, target do
    rawset(target, key, saved[key])
  end
  for key, value in next, saved do
    if rawget(target, key) == nil then rawset(target, key, value) end
  end
end

function insulation.save()
  return {
    metatable = debug.getmetatable(globals),
    globals = copy(globals),
    loaded = copy(package.loaded),
  }
end

function insulation.restore(saved)
  debug.setmetatable(globals, saved.metatable)
  putBack(globals, saved.globals)
  -- What the block unloaded stays unloaded.
  for key in next, package.loaded do
    package.loaded[key] = saved.loaded[key]
  end
end

return insulation
