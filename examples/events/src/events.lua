-- Listeners by the name of what they listen to.

-- Lua 5.1 and LuaJIT have a global of that name.
local unpack = unpack or table.unpack

local Events = {}
Events.__index = Events

function Events.new()
  return setmetatable({ listeners = {} }, Events)
end

-- Returns a function that ends the listening.
function Events:on(name, listener)
  if listener == nil then
    error("a listener is missing", 2)
  end
  local listeners = self.listeners[name] or {}
  self.listeners[name] = listeners
  listeners[#listeners + 1] = listener
  return function() self:off(name, listener) end
end

function Events:once(name, listener)
  local off
  off = self:on(name, function(...)
    off()
    listener(...)
  end)
  return off
end

function Events:off(name, listener)
  local listeners = self.listeners[name] or {}
  for index, each in ipairs(listeners) do
    if each == listener then return table.remove(listeners, index) end
  end
end

-- Returns how many listeners have heard. One that is added meanwhile hears of the next event.
function Events:emit(name, ...)
  local listeners = { unpack(self.listeners[name] or {}) }
  for _, listener in ipairs(listeners) do
    listener(...)
  end
  return #listeners
end

return Events
