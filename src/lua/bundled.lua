-- Lets `require` find modules of ours.

local platform = ...

local mapped = platform.import "mapped"

local search = platform.search

-- The files of this folder that are modules, by the names under which programs ask for them.
local files = {
  say = "say",
  ["say.init"] = "say",
  luassert = "luassert/init",
  ["luassert.init"] = "luassert/init",
  ["luassert.formatters"] = "luassert/formatters/init",
  ["luassert.formatters.init"] = "luassert/formatters/init",
  ["luassert.matchers"] = "luassert/matchers/init",
  ["luassert.matchers.init"] = "luassert/matchers/init",
}

local parts = {
  "array", "assert", "assertions", "compatibility", "formatters.binarystring", "languages.en", "match",
  "matchers.composite", "matchers.core", "mock", "modifiers", "namespaces", "spy", "state", "stub", "util",
}

local bundled = {}

-- What install takes: assertions, each loaded when it is asked for.
bundled.modules = {}

for name, file in pairs(files) do
  bundled.modules[name] = function()
    return platform.import(file)
  end
end

-- Few programs ask for any.
for _, name in ipairs(parts) do
  bundled.modules["luassert." .. name] = function()
    return platform.import("luassert/" .. gsub(name, "%.", "/"))
  end
end

local function without(path, leftout)
  local templates = {}
  for template in gmatch(path, "[^;]+") do
    if not leftout[template] then
      insert(templates, template)
    end
  end
  return concat(templates, ";")
end

local function setof(values)
  local set = {}
  for _, value in ipairs(values) do
    set[value] = true
  end
  return set
end

-- A searcher for `modules`, functions by name that return a module. A program's own copy wins: one that the
-- project has, or that is on package.path. Templates of the path in the list `ahead_of`, which may be nil, count as if they were not there.
--
-- Modules belong together with the one that their name begins with: where that is when the first of them is asked
-- for decides for all.
function bundled.searcher(modules, ahead_of)
  local leftout = setof(ahead_of or {})
  local isours = {}

  local function areours(root)
    if isours[root] == nil then
      local path = package.path
      isours[root] = not mapped.has(root) and (type(path) ~= "string" or not search(root, without(path, leftout)))
    end
    return isours[root]
  end

  return function(name)
    local load = modules[name]
    if load and areours(match(name, "^[^.]*")) then
      return load
    end
  end
end

-- Adds one behind what is preloaded, ahead of what is in files.
function bundled.install(modules, ahead_of)
  local searcher = bundled.searcher(modules, ahead_of)
  platform.hide(searcher)
  insert(package.searchers or package.loaders, 2, searcher)
end

return bundled
