-- What LuaCov's `luacov.runner` has, for programs that are measured anyway.

local platform = ...
local measure = platform.measure or {}
local lists = platform.import "luacov/lists"
-- Our own files have globals of their own.
local G = _G or globals
local rawget = rawget
local io, math, os, table = G.io, G.math, G.os, G.table
local error, ipairs, pairs, pcall, setmetatable, type = error, ipairs, pairs, pcall, setmetatable, type
-- A program may have made its globals strict.
local load, loadstring, setfenv = rawget(G, "load"), rawget(G, "loadstring"), rawget(G, "setfenv")

local function nothing() end

local runner = {
  version = "0.17.0",
  data = {},
  paused = true,
  initialized = false,
  tick = false,
  debug_hook = nothing,
  defaults = {
    statsfile = "luacov.stats.out",
    reportfile = "luacov.report.out",
    tick = false,
    savestepsize = 100,
    runreport = false,
    deletestats = false,
    codefromstrings = false,
    include = {},
    exclude = {},
    modules = {},
    includeuntestedfiles = false,
  },
}

local separator = G.package.config:sub(1, 1)

-- A path as patterns see it.
local function plain(name)
  return (name:gsub("\\", "/"):gsub("%.lua$", ""))
end

local function matches(patterns, name, from)
  for index = from or 1, #patterns do
    if name:match(patterns[index]) then return true end
  end
  return false
end

function runner.file_included(name)
  local configuration = runner.load_config()
  name = plain(name)
  local include, exclude = configuration.include or {}, configuration.exclude or {}
  return (include[1] == nil or matches(include, name)) and not matches(exclude, name)
end

-- Modules by what their name is as a pattern, what is more specific first.

local function partsOf(name)
  local parts = {}
  for part in name:gmatch "[^%.]+" do table.insert(parts, 1, part) end
  return parts
end

local function isMoreSpecific(left, right)
  local own, other = partsOf(left), partsOf(right)
  for index = 1, math.max(#own, #other) do
    if not own[index] then return false end
    if not other[index] then return true end
    local isLiteral = not own[index]:find("*", 1, true)
    if isLiteral ~= not other[index]:find("*", 1, true) then return isLiteral end
  end
  return left < right
end

local signs = { ["."] = "/", ["*"] = "[^/]+" }

local function patternOf(name)
  return (name:gsub("%p", function(sign) return signs[sign] or "%" .. sign end))
end

local function readModules(configuration)
  local rules = { patterns = {}, filenames = {} }
  local names = {}
  for name in pairs(configuration.modules or {}) do table.insert(names, name) end
  table.sort(names, isMoreSpecific)
  local function add(pattern, filename)
    table.insert(rules.patterns, pattern)
    table.insert(rules.filenames, filename)
    table.insert(configuration.include, pattern)
  end
  for _, name in ipairs(names) do
    local filename = configuration.modules[name]:gsub("[/\\]", separator)
    add(patternOf(name) .. "$", filename)
    if filename:match "init%.lua$" then add(patternOf(name) .. "/init$", filename) end
  end
  return rules
end

function runner.real_name(name)
  runner.load_config()
  local own = plain(name)
  for index, pattern in ipairs(runner.modules.patterns) do
    local found = own:match(pattern)
    if found then
      local target = runner.modules.filenames[index]
      if pattern:find("[^/]+", 1, true) then target = target:gsub("[/\\]$", "") .. "/" .. found .. ".lua" end
      return (target:gsub("^%.[/\\]", ""):gsub("[/\\]", separator))
    end
  end
  return name
end

local function copyof(list)
  local copy = {}
  for key, value in pairs(list) do copy[key] = value end
  return copy
end

-- What a file of configuration sets and returns; nil for none. What is wrong with the usual one is told when all has run.
local function readFile(name)
  local file = io.open(name, "rb")
  if not file then return nil end
  local text = file:read "*a"
  file:close()
  local settings = setmetatable({}, { __index = G })
  local main
  if setfenv then main = loadstring(text, "@config") else main = load(text, "@config", "bt", settings) end
  if not main then return nil end
  if setfenv then setfenv(main, settings) end
  local ok, result = pcall(main)
  if ok and type(result) == "table" then
    for key, value in pairs(result) do
      if settings[key] == nil then settings[key] = value end
    end
  end
  return settings
end

-- How long the lists are that whoever measures knows already; nil where the program has its own.
local known

local function isCounted(name)
  local include, exclude = runner.configuration.include, runner.configuration.exclude
  if not known then return runner.file_included(name) end
  if matches(exclude, plain(name), known.exclude + 1) then return false end
  return known.include > 0 or #include == 0 or matches(include, plain(name))
end

local function configure(settings, isOwn)
  local configuration = copyof(runner.defaults)
  for key, value in pairs(settings) do configuration[key] = value end
  for _, key in ipairs { "include", "exclude" } do
    configuration[key] = type(configuration[key]) == "table" and copyof(configuration[key]) or {}
  end
  runner.configuration = configuration
  runner.modules = readModules(configuration)
  runner.tick = runner.tick or configuration.tick
  known = not isOwn and { include = #configuration.include, exclude = #configuration.exclude } or nil
  if measure.choose then measure.choose(isCounted) end
end

function runner.load_config(given)
  if runner.configuration then return runner.configuration end
  if given == nil then configure(readFile(os.getenv "LUACOV_CONFIG" or ".luacov") or {}, false)
  elseif type(given) == "string" then configure(readFile(given) or error("couldn't read config file " .. given), true)
  elseif type(given) == "table" then configure(given, true)
  else error("Expected filename, config table or nil. Got " .. type(given)) end
  return runner.configuration
end

function runner.update_stats(old, extra)
  old.max = math.max(old.max, extra.max)
  extra.max, extra.max_hits = nil, nil
  for line, hits in pairs(extra) do
    old[line] = (old[line] or 0) + hits
    old.max_hits = math.max(old.max_hits, old[line])
  end
end

runner.save_stats = measure.saveCounts or nothing

function runner.run_report(given)
  runner.load_config(given)
end

-- Of saving: what runs is counted all the same.
local function setPaused(isPaused)
  runner.paused = isPaused
  if measure.pauseSaving then measure.pauseSaving(isPaused) end
end

function runner.pause() setPaused(true) end
function runner.resume() setPaused(false) end

function runner.with_luacov(f)
  local enter = measure.enterCoroutine or nothing
  return function(...)
    enter()
    return f(...)
  end
end

function runner.init(given)
  runner.load_config(given)
  runner.initialized = true
  if measure.endCounting then measure.endCounting(false) end
  setPaused(false)
end

function runner.shutdown()
  if measure.endCounting then measure.endCounting(true) end
end

local function outcome(ok, ...)
  if ok then return ... end
  return nil, ...
end

local function adder(add, key)
  return function(what, level)
    return outcome(pcall(add, runner.load_config()[key], what, level))
  end
end

runner.excludefile, runner.includefile = adder(lists.addFile, "exclude"), adder(lists.addFile, "include")
runner.excludetree, runner.includetree = adder(lists.addTree, "exclude"), adder(lists.addTree, "include")

return setmetatable(runner, {
  __call = function(_, given)
    runner.init(given)
  end,
})
