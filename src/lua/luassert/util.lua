-- luassert.util: what assertions of other people's are made with.

local platform = ...

local arguments = platform.import "luassert/arguments"
local copy = platform.import "luassert/copy"
local keys = platform.import "luassert/keys"
local search = platform.import "luassert/search"

local util = {
  cleararglist = arguments.cleararglist,
  copyargs = copy.arguments,
  deepcompare = platform.import "luassert/compare",
  deepcopy = copy.deep,
  errorlevel = platform.import "luassert/levels",
  extract_keys = keys.extract,
  is_arglist = arguments.is_arglist,
  make_arglist = arguments.make_arglist,
  matchargs = search.last,
  matchoncalls = search.description,
  pack = arguments.pack,
  shallowcopy = copy.shallow,
  tinsert = arguments.tinsert,
  tremove = arguments.tremove,
  unpack = arguments.unpack,
}

local function hasmetamethod(object, name)
  local metatable = debug.getmetatable(object)
  return type(metatable and metatable[name]) == "function"
end

function util.callable(object)
  return type(object) == "function" or hasmetamethod(object, "__call")
end

function util.hastostring(object)
  return type(object) == "string" or hasmetamethod(object, "__tostring")
end

return util
