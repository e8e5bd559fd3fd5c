-- The globals of our files: what Lua has, whatever a program does to its own copies. It is the only file of ours that
-- reads the program's globals itself, before anything of the program runs.

-- A sandbox takes functions out of the library itself.
local function copyof(library)
  local copy = {}
  for name, each in pairs(library) do
    copy[name] = each
  end
  return copy
end

return {
  collectgarbage = collectgarbage,
  dofile = dofile,
  error = error,
  -- What 5.1 has in place of _ENV.
  getfenv = getfenv,
  getmetatable = getmetatable,
  ipairs = ipairs,
  -- In 5.1 `load` reads functions alone.
  load = loadstring or load,
  loadfile = loadfile,
  next = next,
  pairs = pairs,
  pcall = pcall,
  print = print,
  rawequal = rawequal,
  rawget = rawget,
  rawset = rawset,
  require = require,
  select = select,
  setfenv = setfenv,
  setmetatable = setmetatable,
  tonumber = tonumber,
  tostring = tostring,
  type = type,
  unpack = table.unpack or unpack,
  xpcall = xpcall,
  concat = table.concat,
  insert = table.insert,
  remove = table.remove,
  sort = table.sort,
  abs = math.abs,
  floor = math.floor,
  huge = math.huge,
  max = math.max,
  min = math.min,
  mathtype = math.type or function() end,
  random = math.random,
  randomseed = math.randomseed,
  byte = string.byte,
  char = string.char,
  find = string.find,
  format = string.format,
  gmatch = string.gmatch,
  gsub = string.gsub,
  lower = string.lower,
  match = string.match,
  rep = string.rep,
  sub = string.sub,
  upper = string.upper,
  coroutine = copyof(coroutine),
  debug = copyof(debug),
  io = copyof(io),
  package = package,
  os = copyof(os),
  globals = _G,
}

