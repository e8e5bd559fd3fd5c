-- Adds the last places in which what is installed is looked for: `pathBehind` and `cpathBehind` of some options.

local function added(path, templates)
  return templates and type(path) == "string" and path .. ";" .. templates or path
end

return function(options)
  package.path = added(package.path, options.pathBehind)
  package.cpath = added(package.cpath, options.cpathBehind)
end
