-- LuaCov's modules in a program that is measured: they do with our counters what they do there with LuaCov's.
local hits, sources = ...
local find, getenv, gsub, sub = string.find, os.getenv, string.gsub, string.sub
local here = gsub(debug.getinfo(1, "S").source, "^@(.*)agent[/\\].*$", "%1")
local assert, loadfile, type = assert, loadfile, type

local measure = { pauseSaving = hits.pause, endCounting = hits.finish }

function measure.saveCounts() hits.leave(false, true) end

function measure.enterCoroutine()
  if hits.hook then hits.hooks().enter() end
end

-- The path of a source as Lua would name it, which has it from the folder in which the program began.
local function nameOf(path)
  local folder = (getenv "PWD" or "") .. "/"
  return sub(path, 1, #folder) == folder and sub(path, #folder + 1) or path
end

function measure.choose(isIncluded)
  function hits.counts(key)
    return isIncluded(nameOf(sources.pathOf(key)))
  end
end

local platform = { measure = measure }
local results = {}

-- What another of our files returns, which runs once.
function platform.import(file)
  results[file] = results[file] or assert(loadfile(here .. file .. ".lua"))(platform)
  return results[file]
end

-- The loader of a module of LuaCov's that is found in a file, or nowhere; nil for another, and where LuaCov is what is measured, or
-- is there and all that measures.
return function(name, path)
  if type(name) ~= "string" or not find(name, "^luacov%f[%z.]") then return nil end
  if path and (not sources.areThere or sources.holds(path)) then return nil end
  return platform.import "luacov/modules"(name)
end
