-- Snapshots: what is set since one is taken back with it. They are a list, in which a later one comes before those
-- that it is based on.

local state = {}

local metatable = {
  __call = function(self)
    self:revert()
  end,
}

local current

-- The last one first: it may have replaced an earlier one.
local function revertspies(spies)
  for i = #spies, 1, -1 do
    local spy = spies[i]
    spies[i], spies[spy] = nil, nil
    spy:revert()
  end
end

-- Takes back everything since a snapshot, by default the last one, which is of no use afterwards.
function state.revert(self)
  self = self or (current.previous and current)
  if not self then
    return
  elseif getmetatable(self) ~= metatable then
    error("Value provided is not a valid snapshot", 2)
  end
  if self.next then
    self.next:revert()
  end
  self.formatters = {}
  self.parameters = {}
  revertspies(self.spies)
  setmetatable(self, nil)
  current = self.previous
  current.next = nil
end

function state.snapshot()
  local new = { formatters = {}, parameters = {}, spies = {}, previous = current, revert = state.revert }
  if current then
    current.next = new
  end
  current = setmetatable(new, metatable)
  return current
end

function state.add_formatter(formatter)
  insert(current.formatters, 1, formatter)
end

-- Once from every snapshot that has it.
function state.remove_formatter(formatter, snapshot)
  snapshot = snapshot or current
  while snapshot do
    for i, each in ipairs(snapshot.formatters) do
      if each == formatter then
        remove(snapshot.formatters, i)
        break
      end
    end
    snapshot = snapshot.previous
  end
end

-- What the first formatter makes of a value that returns something; nil if none does.
function state.format_argument(value, snapshot, options)
  snapshot = snapshot or current
  while snapshot do
    for _, formatter in ipairs(snapshot.formatters) do
      local text = formatter(value, options)
      if text ~= nil then
        return text
      end
    end
    snapshot = snapshot.previous
  end
  return nil
end

-- A parameter may be set to nil, which hides what an earlier snapshot has.
local NIL = {}

function state.set_parameter(name, value)
  if value == nil then
    value = NIL
  end
  current.parameters[name] = value
end

function state.get_parameter(name, snapshot)
  snapshot = snapshot or current
  while snapshot do
    local value = snapshot.parameters[name]
    if value == NIL then
      return nil
    elseif value ~= nil then
      return value
    end
    snapshot = snapshot.previous
  end
  return nil
end

function state.add_spy(spy)
  local spies = current.spies
  if not spies[spy] then
    spies[spy] = true
    insert(spies, spy)
  end
end

state.snapshot()

return state
