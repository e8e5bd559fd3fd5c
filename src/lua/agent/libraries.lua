-- The names that functions have in libraries.
local loaded = package.loaded
local next, rawequal, rawget, type = next, rawequal, rawget, type
local names = { "string", "table", "math", "coroutine", "io", "os", "debug", "package", "utf8", "bit32", "bit", "jit" }

local libraries = {}

-- In a table of functions, behind a prefix; nil where it is not in it.
function libraries.nameIn(prefix, fields, fn)
  if type(fields) ~= "table" then return nil end
  for name, value in next, fields do
    if type(name) == "string" and rawequal(value, fn) then return prefix .. name end
  end
end

-- In one of Lua's own libraries; nil for others.
function libraries.nameOf(fn)
  local name = libraries.nameIn("", rawget(loaded, "_G"), fn)
  for index = 1, #names do
    name = name or libraries.nameIn(names[index] .. ".", rawget(loaded, names[index]), fn)
  end
  return name
end

return libraries
