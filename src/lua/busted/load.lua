-- Loads the busted that is installed, as its own runner does.

local platform = ...

local addBehind = platform.import "behind"
local mapped = platform.import "mapped"

-- A path on which the current folder comes last.
local function currentLast(path)
  local first, last = {}, {}
  for template in gmatch(path, "[^;]+") do
    insert(find(template, "^%.[/\\]%?") and last or first, template)
  end
  return concat(first, ";") .. ";" .. concat(last, ";")
end

-- What tests share with busted, whose globals are made of it.
local shared = { luassert = true, say = true }

-- What busted's own runner takes.
local function load()
  local busted = require "busted.core"()
  require "busted"(busted)
  return { busted = busted, execute = require "busted.execute", files = require "busted.modules.files.lua" }
end

-- Returns a table of busted's core, which knows `describe` and `it` by then, and its modules that run and load files. What busted is made of is found as by a program that is
-- no part of the project: a project's own `system` or `term` must not take the place of busted's. Raises a message.
return function(options)
  addBehind(options)
  local path = package.path
  package.path = currentLast(path)
  addBehind { pathBehind = options.pathAhead }
  local ok, result = mapped.among(shared, load)
  package.path = path
  if not ok then error(result, 0) end
  -- Keeps the `ffi` of LuaJIT from being loaded again; versions before 2.1 have no such file.
  local known, prepare = pcall(require, "busted.luajit")
  if known then prepare() end
  return result
end
