-- Lists of arguments: the number of their values, of which any may be nil, is in the field `n`.

local arguments = {}
local metatable = {}

function arguments.pack(...)
  return { n = select("#", ...), ... }
end

function arguments.unpack(list, first, last)
  return unpack(list, first or 1, last or list.n or #list)
end

function arguments.make_arglist(...)
  local list = { ... }
  list.n = select("#", ...)
  return setmetatable(list, metatable)
end

function arguments.is_arglist(object)
  return getmetatable(object) == metatable
end

-- tinsert(list, value) and tinsert(list, position, value), as table.insert, but with the length in `n`.
function arguments.tinsert(list, ...)
  local position, value = ...
  local length = (list.n or #list) + 1
  if select("#", ...) < 2 then
    position, value = nil, position
  end
  position = position or length
  for i = length, position + 1, -1 do
    list[i] = list[i - 1]
  end
  list[position] = value
  list.n = max(length, position)
end

-- As table.remove, but with the length in `n`.
function arguments.tremove(list, position)
  local length = list.n or #list
  list.n = length
  position = position or length
  local removed = list[position]
  if position > length then
    list[position] = nil
    return removed
  end
  for i = position, length - 1 do
    list[i] = list[i + 1]
  end
  list[length] = nil
  list.n = length - 1
  return removed
end

-- Removes all values, and the length.
function arguments.cleararglist(list)
  for i = list.n, 1, -1 do
    list[i] = nil
  end
  list.n = nil
end

return arguments
