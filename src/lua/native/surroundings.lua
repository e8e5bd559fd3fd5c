-- What a program finds around it: its arguments, and where its modules are.

local platform = ...

-- What a program reads in `arg`: itself, its arguments, and before them what runs it, as they are.
local function setArguments(job)
  local given = rawget(globals, "arg")
  local arguments = type(given) == "table" and given or {}
  for index = #arguments, 1, -1 do
    arguments[index] = nil
  end
  for index, word in ipairs(job.interpreter or {}) do
    arguments[index - #job.interpreter - 1] = word
  end
  arguments[0] = job.file
  for index, argument in ipairs(job.args) do
    arguments[index] = argument
  end
  rawset(globals, "arg", arguments)
end

local function versioned(template)
  return (gsub(template, "{version}", (match(globals._VERSION, "%d+%.%d+"))))
end

local function ahead(templates, path)
  return templates and versioned(templates) .. ";" .. path or path
end

return function(job)
  setArguments(job)
  package.path = ahead(job.path, package.path)
  package.cpath = ahead(job.cpath, package.cpath)
  for _, step in ipairs(job.steps) do
    local list = step.settings and step.settings.aheadOf
    for index, template in ipairs(list or {}) do
      list[index] = versioned(template)
    end
  end
  if job.modules then platform.import "mapped".install(job.modules) end
  if job.bundled then
    local bundled = platform.import "bundled"
    bundled.install(bundled.modules)
  end
end
