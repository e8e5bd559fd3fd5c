-- nginx loads the files of `content_by_lua_file` and its like by itself, in C, and keeps the chunks in a table of its own.
-- What is stored there is about to run: there is no moment at which Lua could give nginx another chunk, so this one
-- becomes the copy.
local hits, loading, become, process = ...
local getinfo, getmetatable, match, rawget, rawset = debug.getinfo, debug.getmetatable, string.match, rawget, rawset
local gethook, next, ngx, pcall, setmetatable, sethook, type =
  debug.gethook, next, ngx, pcall, setmetatable, debug.sethook, type
local seconds = 2

local function measure(chunk)
  local info = getinfo(chunk, "S")
  local name = info.what == "main" and match(info.source, "^@(.*)")
  if not name then return end
  if not become.isPossible(chunk) then return loading.missed(name) end
  local copy = loading.fromFile(name)
  if copy then become.exchange(chunk, copy) end
end

local master, hasClock = process(), false

-- A worker that waits for requests makes no garbage, which is the clock elsewhere. nginx takes timers only from what runs in
-- a request, as this chunk is going to. Where each request has a Lua of its own, that one was made by the worker itself.
local function startClock(chunk)
  if hasClock or hits.hook or gethook() or process() == master then return end
  sethook(function()
    if getinfo(2, "f").func ~= chunk then return end
    sethook()
    local ok, timer = pcall(ngx.timer.every, seconds, function()
      hits.leave(false)
    end)
    hasClock = ok and timer ~= nil
  end, "", 1)
end

-- Keys are those of the module: "nhlf_" and a digest for a file, "nhli_" for what is written in the configuration.
local function store(own, key, value)
  rawset(own, key, value)
  if type(key) ~= "string" or not match(key, "nhl[fi]_%x+$") then return end
  hits.goOn()
  local chunk = value
  if type(value) == "number" then chunk = rawget(own, value) end
  if type(chunk) ~= "function" then return end
  if not hits.hook then pcall(measure, chunk) end
  startClock(chunk)
end

-- The table has no name, and so has what else the module keeps beside it.
for key, value in next, debug.getregistry() do
  if type(key) == "userdata" and type(value) == "table" and getmetatable(value) == nil then
    setmetatable(value, { __newindex = store })
  end
end

local function outermost()
  local found
  local level = 2
  local info = getinfo(level, "f")
  while info do
    if info.func and getinfo(info.func, "S").what ~= "C" then found = info.func end
    level = level + 1
    info = getinfo(level, "f")
  end
  return found
end

-- What is counted before nginx makes its workers is to be known of by then: it does so after the outermost function. A
-- daemon ends in between, and goes on as its own child.
local ok, phase = pcall(ngx.get_phase)
local first = ok and phase == "init" and not gethook() and outermost()
if first then
  sethook(function()
    if getinfo(2, "f").func ~= first then return end
    sethook()
    hits.leave(true)
  end, "r")
end
