-- A Neovim that this one starts, as runners of plugins' tests do for each file or each test, runs the agent before all else.
local vim, refusal, standIns = ...
local gsub, lower, match = string.gsub, string.lower, string.match
local error, ipairs, next, pcall, select, type, unpack = error, ipairs, next, pcall, select, type, unpack

-- What is started may have none of our variables.
local line = 'lua local agent = os.getenv "LUACOV_TS_AGENT" if agent then dofile(agent) end'

-- As many --cmd as Neovim takes.
local limit = 10

local function isNeovim(program)
  if type(program) ~= "string" then return false end
  return program == vim.v.progpath or match(gsub(lower(program), "%.exe$", ""), "[^/\\]*$") == "nvim"
end

-- The arguments behind the program, with ours before them; nil where there is no room.
local function withAgent(args, first)
  local all, count = { "--cmd", line }, 1
  for index = first, #args do
    all[#all + 1] = args[index]
    if args[index] == "--cmd" then count = count + 1 end
  end
  return count <= limit and all or nil
end

local function spawnArguments(...)
  local program, options = ...
  if not isNeovim(program) or type(options) ~= "table" then return ... end
  local given = options.args == nil and {} or options.args
  local args = type(given) == "table" and withAgent(given, 1)
  if not args then return ... end
  local changed = {}
  for key, value in next, options do changed[key] = value end
  changed.args = args
  return program, changed, select(3, ...)
end

local uv = vim.uv or vim.loop
local spawn = uv and uv.spawn

local function newSpawn(...)
  local ok, handle, process, name = pcall(spawn, spawnArguments(...))
  if not ok then error(refusal(handle, "spawn"), 2) end
  if handle then return handle, process end
  return nil, process, name
end

if spawn then uv.spawn, standIns[newSpawn] = newSpawn, true end

-- For functions of Vim's that take a program with its arguments as a list; these are functions of Lua.
local function listArguments(...)
  local list = ...
  if type(list) ~= "table" or not isNeovim(list[1]) then return ... end
  local args = withAgent(list, 2)
  if not args then return ... end
  return { list[1], unpack(args) }, select(2, ...)
end

for _, name in ipairs { "jobstart", "termopen", "system", "systemlist" } do
  local original = vim.fn[name]
  vim.fn[name] = function(...) return original(listArguments(...)) end
end
