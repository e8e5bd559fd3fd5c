-- nginx loads the files of `content_by_lua_file` and its like by itself, in C, and keeps the chunks in a table of its own.
-- What is stored there is about to run: there is no moment at which Lua could give nginx another chunk, so this one
-- becomes the copy.
local hits, loading, become = ...
local getinfo, getmetatable, match, rawget, rawset = debug.getinfo, getmetatable, string.match, rawget, rawset
local next, pcall, setmetatable, sethook, type = next, pcall, setmetatable, debug.sethook, type

local function measure(chunk)
  local info = getinfo(chunk, "S")
  local name = info.what == "main" and match(info.source, "^@(.*)")
  local copy = name and loading.fromFile(name)
  if copy and not become(chunk, copy) then loading.missed(name) end
end

-- Keys are those of the module: "nhlf_" and a digest for a file, "nhli_" for what is written in the configuration.
local function store(own, key, value)
  rawset(own, key, value)
  if type(key) ~= "string" or not match(key, "nhl[fi]_%x+$") then return end
  hits.goOn()
  local chunk = value
  if type(value) == "number" then chunk = rawget(own, value) end
  if type(chunk) == "function" and not hits.hook then pcall(measure, chunk) end
end

-- The table has no name, and so has what else the module keeps beside it.
local function watch()
  for key, value in next, debug.getregistry() do
    if type(key) == "userdata" and type(value) == "table" and getmetatable(value) == nil then
      setmetatable(value, { __newindex = store })
    end
  end
end

-- What is counted before nginx makes its workers is to be known of by then: it does so after the outermost function. A
-- daemon ends in between, and goes on as its own child.
local function leaveBeforeWorkers()
  local outermost
  local level = 2
  local info = getinfo(level, "f")
  while info do
    if info.func and getinfo(info.func, "S").what ~= "C" then outermost = info.func end
    level = level + 1
    info = getinfo(level, "f")
  end
  if not outermost or debug.gethook() then return end
  sethook(function()
    if getinfo(2, "f").func ~= outermost then return end
    sethook()
    hits.leave(true)
  end, "r")
end

watch()
local ok, phase = pcall(ngx.get_phase)
if ok and phase == "init" then leaveBeforeWorkers() end
