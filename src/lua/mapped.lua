-- Lets `require` find modules of the project in files that package.path does not lead to.

local platform = ...

local mapped = {}

local files = {}
-- What is given of them, as a function of a name; nil for all.
local isGiven

-- As Lua's own searcher for Lua files, when it has found one.
local function searcher(name)
  local file = files[name]
  if not file or isGiven and not isGiven(name) then return end
  local loader, problem = loadfile(file)
  if loader then return loader, file end
  error("error loading module '" .. name .. "' from file '" .. file .. "':\n\t" .. problem, 0)
end

-- Adds a searcher behind what is preloaded, ahead of those for the path. `modules` has files by their modules.
function mapped.install(modules)
  files = modules
  platform.hide(searcher)
  insert(package.searchers or package.loaders, 2, searcher)
end

-- Whether a module is one of them.
function mapped.has(name)
  return files[name] ~= nil
end

-- Calls a function that loads what is no part of the project: of the modules there are only those for it whose name begins
-- with one in the set `shared`, and what it has loaded under the names of others is not theirs. Returns as pcall.
function mapped.among(shared, f)
  function isGiven(name) return shared[match(name, "^[^.]*")] end
  local ok, result = pcall(f)
  for name in pairs(files) do
    if not isGiven(name) then package.loaded[name] = nil end
  end
  isGiven = nil
  return ok, result
end

return mapped
