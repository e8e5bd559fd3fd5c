-- How one comes to a value, as people write it: `require "app.cache".entries[2]`, `main.lua: list (local)`.
local format, gsub, match, sub = string.format, string.gsub, string.match, string.sub
local tostring, type = tostring, type

local paths = {}
local longest = 60

local function safe(text)
  return (gsub(text, "[%c]", "?"))
end

local function short(text)
  text = safe(text)
  return #text > longest and sub(text, 1, longest) .. "..." or text
end

-- A value that has no text of its own is told by its type.
local function keyText(key)
  if type(key) == "string" then return '"' .. short(key) .. '"' end
  if type(key) == "number" or type(key) == "boolean" then return tostring(key) end
  return type(key)
end

local function field(key)
  if type(key) == "string" and #key <= longest and match(key, "^[%a_][%w_]*$") then return "." .. key end
  return "[" .. keyText(key) .. "]"
end

local roots = {
  module = function(name)
    return "require " .. keyText(name)
  end,
  global = function(name)
    return type(name) == "string" and safe(name) or "_G" .. field(name)
  end,
  registry = function(key, value)
    -- Which is the one that Lua itself keeps there.
    return type(value) == "thread" and "the main coroutine" or "registry" .. field(key)
  end,
}

local steps = {
  field = field,
  key = function()
    return " (a key)"
  end,
  metatable = function()
    return " (metatable)"
  end,
  upvalue = function(name)
    return " (upvalue " .. safe(name) .. ")"
  end,
  ["local"] = function(name)
    return " (local " .. safe(name) .. ")"
  end,
  ["function"] = function()
    return " (running)"
  end,
}

-- The kind of reference that a function is to its locals while it runs.
function paths.ofRunning(info)
  return "at " .. safe(info.short_src) .. ":" .. info.currentline
end

-- A local of a function that runs, or the function.
local function ofRunning(kind, key)
  if kind == "running" then return "the function " .. key end
  return safe(key) .. ", a local " .. kind
end

-- The way to the value at a place of what `holders` has found.
function paths.of(found, at)
  local text = ""
  while found.parents[at] > 0 do
    text = steps[found.kinds[at]](found.keys[at]) .. text
    at = found.parents[at]
  end
  local kind, key = found.kinds[at], found.keys[at]
  if roots[kind] then return roots[kind](key, found.values[at]) .. text end
  return format("%s%s", ofRunning(kind, key), text)
end

return paths
