-- What the package library looks for in files.

local host = ...

local check = host.import "host/check"
local sys, raise = host.sys, host.raise
local find, gsub, gmatch, sub, type = find, gsub, gmatch, sub, type

local library = {}

local SEPARATOR = sub(package.config, 1, 1)

local builtin = host.import "host/builtin"

local function escape(text)
  return (gsub(text, "%%", "%%%%"))
end

local function replace(text, what, by)
  return (gsub(text, gsub(what, "%p", "%%%0"), escape(by)))
end

-- The first file that can be read, or nil and the list of those that cannot.
local function search(name, path, separator, replacement)
  if separator ~= "" then
    name = replace(name, separator, replacement)
  end
  local message = ""
  for template in gmatch(path, "[^;]+") do
    local filename = replace(template, "?", name)
    if sys.readable(filename) then
      return filename
    end
    message = message .. "\n\tno file '" .. filename .. "'"
  end
  return nil, message
end

local function findfile(name, field)
  local path = package[field]
  if type(path) == "number" then
    path = tostring(path)
  elseif type(path) ~= "string" then
    raise("'package." .. field .. "' must be a string")
  end
  return search(name, path, ".", SEPARATOR)
end

-- Whether a file is the project's: what is below the current folder and was not installed there.
local function isown(filename)
  local folder = host.import("host/lfs").currentdir() .. SEPARATOR
  local isbelow = not find(filename, "^[/\\]") and not find(filename, "^%a:") or sub(filename, 1, #folder) == folder
  return isbelow and not find(filename, "lua_modules", 1, true) and not find(filename, "luarocks", 1, true)
end

local luacov

-- What LuaCov's modules do here, where everything is measured anyway, unless LuaCov itself is the project.
local function searchluacov(name, filename)
  if not find(name, "^luacov%f[%z.]") or filename and isown(filename) then
    return
  end
  luacov = luacov or host.import "luacov/modules"
  return luacov(name)
end

local function same(...)
  return ...
end

-- The module by which a program stops itself; it does nothing where nobody debugs.
local function searchdbg(name, filename)
  if name ~= "luacov-ts.dbg" or filename then
    return
  end
  return function()
    return host.debugger and host.debugger.dbg or same
  end
end

local function loaderror(name, filename, message)
  raise("error loading module '" .. name .. "' from file '" .. filename .. "':\n\t" .. message)
end

local function nolibrary(name, filename)
  loaderror(
    name,
    filename,
    "it is written in C, which the embedded Lua cannot load: only a native Lua can"
  )
end

function library.searchlua(name)
  name = check.string(1, name)
  local filename, message = findfile(name, "path")
  local own = searchluacov(name, filename) or searchdbg(name, filename)
  if own then
    return own, name
  end
  if not filename then
    return message
  end
  local loader, problem = host.loadfile(filename)
  if not loader then
    loaderror(name, filename, problem)
  end
  return loader, filename
end

function library.searchc(name)
  name = check.string(1, name)
  if builtin[name] then
    return host.export(function()
      local module = host.import("host/" .. builtin[name])
      -- As the original does.
      if name == "lfs" then
        rawset(globals, "lfs", module)
      end
      return module
    end)
  end
  local filename, message = findfile(name, "cpath")
  if not filename then
    return message
  end
  nolibrary(name, filename)
end

-- A module in the library of the package that it belongs to.
function library.searchroot(name)
  name = check.string(1, name)
  local dot = find(name, ".", 1, true)
  if not dot then
    return
  end
  local filename, message = findfile(sub(name, 1, dot - 1), "cpath")
  if not filename then
    return message
  end
  nolibrary(name, filename)
end

function library.searchpath(name, path, separator, replacement)
  path, name = check.string(2, path), check.string(1, name)
  separator = check.optstring(3, separator, ".")
  return search(name, path, separator, check.optstring(4, replacement, SEPARATOR))
end

function library.loadlib(path, name)
  check.string(1, path)
  check.string(2, name)
  return nil, "libraries in C cannot be loaded by the embedded Lua, only by a native one", "absent"
end

return library
