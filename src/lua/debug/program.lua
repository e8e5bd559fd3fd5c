-- What is known of the program that is debugged.
local pathOf, texts, isOurs, current = ...
local getinfo = debug.getinfo
local byte, find, setmetatable = string.byte, string.find, setmetatable

-- `errors`: when errors stop it; `skipped`: patterns of files in which no step ends; `sources`: chunks by their names as messages have
-- them; `texts`: of those that are no files.
local program = { errors = "never", skipped = {}, sources = {}, texts = {}, current = current }
local skips = setmetatable({}, { __mode = "k" })

-- A function that runs or is on a stack.
function program.met(fn)
  local info = getinfo(fn, "S")
  if info.what == "C" or info.source == "=(debug)" or isOurs(fn) then return end
  local name = texts.sourceName(info)
  if program.sources[name] then return end
  program.sources[name] = true
  if byte(info.source, 1) ~= 64 and byte(info.source, 1) ~= 61 then program.texts[name] = info.source end
end

function program.skip(files)
  program.skipped = files
  skips = setmetatable({}, { __mode = "k" })
end

function program.isSkipped(fn)
  local known = skips[fn]
  if known == nil then
    known = isOurs(fn)
    local path = pathOf(getinfo(fn, "S").source)
    for index = 1, #program.skipped do known = known or find(path, program.skipped[index]) ~= nil end
    skips[fn] = known
  end
  return known
end

-- Whether a function is none of those that are installed where Lua looks for modules of all programs, as LuaRocks does as well.
function program.isOfProject(fn)
  return not find(pathOf(getinfo(fn, "S").source), "/share/lua/%d")
end

return program
