-- Names that go on as a text ends. Fields are looked for where they are, and nothing is called.
local names, texts = ...
local getmetatable = debug.getmetatable
local match, sub = string.match, string.sub
local next, pcall, rawget, sort, tonumber, type = next, pcall, rawget, table.sort, tonumber, type

local most, deepest = 200, 10

local function raw(value, key)
  for _ = 1, deepest do
    if type(value) == "table" then
      local found = rawget(value, key)
      if found ~= nil then return found end
    end
    local metatable = value ~= nil and getmetatable(value)
    value = type(metatable) == "table" and rawget(metatable, "__index") or nil
    if value == nil then return nil end
  end
end

-- The value of a path like `config.servers[2]`; nil where it is none.
local function valueOf(frame, path)
  local first, rest = match(path, "^([%a_][%w_]*)(.*)$")
  if not first then return nil end
  local ok, value = pcall(names.get, frame, first)
  while ok and rest ~= "" do
    local key, after = match(rest, "^[.:]([%a_][%w_]*)(.*)$")
    if not key then
      key, after = match(rest, "^%[(%d+)%](.*)$")
      key = tonumber(key)
    end
    if not key then
      key, after = match(rest, '^%["([^"\\]*)"%](.*)$')
    end
    if not key then return nil end
    value, rest = raw(value, key), after
  end
  return ok and value or nil
end

local function fieldsOf(value, add)
  for _ = 1, deepest do
    if type(value) == "table" then
      for key in next, value do
        if texts.isName(key) then add(key) end
      end
    end
    local metatable = value ~= nil and getmetatable(value)
    value = type(metatable) == "table" and rawget(metatable, "__index") or nil
    if value == nil then return end
  end
end

local function variablesOf(frame, add)
  local function addName(_, name) add(name) end
  names.eachLocal(frame, addName)
  names.eachUpvalue(frame, addName)
  fieldsOf(names.environment(frame), add)
end

-- Returns a list of whole names, in order.
return function(frame, text)
  local path, begun = match(text, "([%a_][%w_%.:%[%]\"]*)[.:]([%w_]*)$")
  if not path then begun = match(text, "[%a_][%w_]*$") or "" end
  local known, found = {}, {}
  local function add(name)
    if sub(name, 1, #begun) ~= begun or known[name] or #found >= most then return end
    known[name] = true
    found[#found + 1] = name
  end
  if path then fieldsOf(valueOf(frame, path), add) else variablesOf(frame, add) end
  sort(found)
  return found
end
