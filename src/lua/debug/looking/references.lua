-- What has contents: scopes, tables, functions with upvalues. Each has a number, until the program goes on.
local keys, texts = ...
local getmetatable, getupvalue, setupvalue = debug.getmetatable, debug.getupvalue, debug.setupvalue
local format = string.format
local next, rawget, rawset, type = next, rawget, rawset, type

local references = {}
local holders, numbers = {}, {}

function references.forget()
  holders, numbers = {}, {}
end

-- The path of an entry; "" where nothing can be written for it.
local function pathOf(path, key)
  if path == "" then return "" end
  if texts.isName(key) then return path .. "." .. key end
  local kind = type(key)
  local isWritten = kind == "number" or kind == "boolean" or kind == "string" and #key < 100
  return isWritten and path .. texts.keyText(key) or ""
end

-- Where the last one of a name is; nil if there is none.
local function lastOf(count, nameAt, name)
  for index = count, 1, -1 do
    if nameAt(index) == name then return index end
  end
end

-- A holder has `count`; `at(index)`, which gives a name, a value, a path, and whether it is shadowed; and `find(name)`, which gives the path
-- of that variable, `set(value)`, and `get()` if it can be read as long as anybody likes: not those of a call.
local function ofTable(value, path)
  local length, others, count
  local function load()
    if not length then length, others = keys.of(value) end
  end
  local metatable = getmetatable(value)
  local holder = {}
  function holder.count()
    count = count or keys.count(value) + (metatable and 1 or 0)
    return count
  end
  local function keyAt(index)
    if index <= length then return index end
    return others[index - length]
  end
  function holder.at(index)
    load()
    local key = keyAt(index)
    if key == nil then return "(metatable)", metatable, path ~= "" and "debug.getmetatable(" .. path .. ")" or "" end
    return texts.keyText(key), rawget(value, key), pathOf(path, key)
  end
  function holder.find(name)
    load()
    local index = lastOf(length + #others, function(index) return texts.keyText(keyAt(index)) end, name)
    if not index then return nil end
    local key = keyAt(index)
    return {
      path = pathOf(path, key),
      set = function(new) rawset(value, key, new) end, get = function() return rawget(value, key) end,
    }
  end
  return holder
end

local function ofList(list)
  local holder = {}
  function holder.count() return #list end
  function holder.at(index)
    local each = list[index]
    return each.name, each.value, each.path, each.isShadowed
  end
  function holder.find(name)
    local index = lastOf(#list, function(index) return list[index].name end, name)
    if not index then return nil end
    local variable = list[index]
    local function set(new)
      variable.set(new)
      variable.value = new
    end
    return { path = variable.path, set = set, get = variable.get }
  end
  return holder
end

local function valueOf(fn, index)
  local _, value = getupvalue(fn, index)
  return value
end

local function upvaluesOf(fn)
  local list, index = {}, 1
  local name, value = getupvalue(fn, index)
  while name do
    local at = index
    list[#list + 1] = {
      name = name == "" and format("(%d)", index) or name, value = value, path = "",
      set = function(new) setupvalue(fn, at, new) end, get = function() return valueOf(fn, at) end,
    }
    index = index + 1
    name, value = getupvalue(fn, index)
  end
  return ofList(list)
end

local function metatableOf(value)
  return ofList { { name = "(metatable)", value = getmetatable(value), path = "", set = function() end } }
end

local function holderFor(value, path)
  local kind = type(value)
  if kind == "table" then return (next(value) ~= nil or getmetatable(value)) and ofTable(value, path) end
  if kind == "function" then return getupvalue(value, 1) and upvaluesOf(value) end
  if kind == "userdata" then return getmetatable(value) and metatableOf(value) end
  return nil
end

local function keep(holder)
  holders[#holders + 1] = holder
  return #holders
end

local function numberOf(value, path)
  local holder = numbers[value] == nil and holderFor(value, path)
  if holder then numbers[value] = keep(holder) end
  return numbers[value] or 0
end

-- What the protocol says of a value. `path` is an expression that gives it, or "".
function references.describe(value, path)
  local number = value ~= nil and numberOf(value, path) or 0
  local count = number > 0 and holders[number].count() or 0
  return { type = type(value), text = texts.line(value), reference = number, count = count }
end

-- The variables of a scope, as a list of `name`, `value`, `path`, `isShadowed`, and `set`.
function references.ofScope(list)
  return keep(ofList(list))
end

-- Of a scope or a value: the so-manieth ones; nil if there is no such number.
function references.variables(number, start, count)
  local holder = holders[number]
  if not holder then return nil end
  local found = {}
  local last = holder.count()
  if start + count - 1 < last then last = start + count - 1 end
  for index = start, last do
    local name, value, path, isShadowed = holder.at(index)
    local variable = references.describe(value, path)
    variable.name, variable.path, variable.isShadowed = name, path, isShadowed or false
    found[#found + 1] = variable
  end
  return found
end

-- A variable of a scope or a value: its path, how it is set and read; nil if there is none.
function references.find(number, name)
  return holders[number] and holders[number].find(name)
end

return references
