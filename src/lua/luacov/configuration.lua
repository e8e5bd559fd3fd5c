-- What a configuration of LuaCov's says: a Lua script that sets globals or returns a table. It runs with what cannot reach
-- outside; so does what it requires of the project, for which read(module) gives a text and a name. Other modules stand for nothing.
--
-- Calls tell("set", key, value) for each key with a plain value, tell("table", key) for one with a table, then
-- tell("item", key, value) and tell("entry", key, name, value) for what is in it, where nil is what nobody can read; and
-- tell("problem", message).

local text, name, tell, getenv, read = ...

local function copyof(library)
  local copy = {}
  for key, value in pairs(library) do
    copy[key] = value
  end
  return copy
end

local inert = {}

local function nothing()
  return inert
end

setmetatable(inert, { __index = nothing, __call = nothing, __concat = nothing })

local rep = string.rep

-- One call of it may take as long as it likes.
function string.rep(each, count, separator)
  if (#each + #(separator or "")) * count > 1000000 then error("resulting string too large", 2) end
  return rep(each, count, separator)
end

local loaded = {}
local package = { config = "/\n;\n?\n!\n-\n", loaded = loaded, preload = {}, path = "", cpath = "" }
local safe = {
  string = copyof(string), table = copyof(table), math = copyof(math), os = { getenv = getenv }, unpack = table.unpack,
  package = package, arg = {},
}

for _, each in ipairs {
  "_VERSION", "assert", "error", "getmetatable", "ipairs", "next", "pairs", "pcall", "rawequal", "rawget", "rawlen", "rawset",
  "select", "setmetatable", "tonumber", "tostring", "type", "xpcall",
} do
  safe[each] = _G[each]
end

function safe.print() end

local getinfo = debug.getinfo

-- Runs a module of the project; a message where it fails.
local function run(module, content, file)
  loaded[module] = inert
  local main, problem = load(content, "=" .. file, "t", setmetatable({}, { __index = safe }))
  if not main then return problem end
  local ok, result = pcall(main, module)
  if not ok then return tostring(result) end
  loaded[module] = result == nil or result
end

function safe.require(module)
  if loaded[module] ~= nil then return loaded[module] end
  local caller = getinfo(2, "Sl")
  local content, file = read(tostring(module))
  local problem = content and run(module, content, file)
  local place = caller.short_src .. ":" .. caller.currentline
  if problem then tell("problem", place .. ": it requires " .. module .. ", which fails here: " .. problem)
  elseif not content then tell("problem", place .. ": it requires " .. tostring(module) .. ", which is not there for it") end
  return loaded[module] or inert
end

-- A value that is no table as it is, and nil for what nobody can read.
local function plain(value)
  local kind = type(value)
  if kind == "string" or kind == "number" or kind == "boolean" then return value end
end

local function tellTable(key, value)
  tell("table", key)
  for _, each in ipairs(value) do
    tell("item", key, plain(each))
  end
  local count = #value
  for entry, each in next, value do
    local isItem = type(entry) == "number" and entry >= 1 and entry <= count
    if not isItem then tell("entry", key, tostring(entry), plain(each)) end
  end
end

local function tellAll(settings)
  for key, value in next, settings do
    if type(key) == "string" then
      if type(value) == "table" and value ~= inert then tellTable(key, value) else tell("set", key, plain(value)) end
    end
  end
end

local settings = {}
local main, problem = load(text, name, "t", setmetatable(settings, { __index = safe }))
local ok, result = false, problem
if main then ok, result = pcall(main) end
setmetatable(settings, nil)
if not ok then tell("problem", tostring(result)) end
if ok and type(result) == "table" and result ~= inert then
  for key, value in next, result do
    if settings[key] == nil then settings[key] = value end
  end
end
tellAll(settings)
