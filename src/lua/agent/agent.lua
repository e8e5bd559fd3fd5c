-- What measures inside a native Lua: it gives the copy with probes to whatever loads a source, and leaves what the
-- copies have counted in a file for the command that started the program. It runs before the program does: from
-- LUA_INIT, or by the `dofile` of a host that does not read it, or as the script of a host that has no such moment.
local needed = "io.open os.clock os.exit os.getenv os.remove os.rename os.time debug.getinfo debug.getlocal "
  .. "debug.getmetatable debug.getupvalue debug.sethook debug.setlocal debug.setmetatable debug.setupvalue package.path _G.loadfile _G.dofile"

local missing = {}
for library, name in needed:gmatch "([%a_]+)%.(%a+)" do
  local own = rawget(_G, library)
  if type(own) ~= "table" or own[name] == nil then missing[#missing + 1] = (library .. "." .. name):gsub("^_G%.", "") end
end
if #missing > 0 then
  error("luacov-ts cannot measure in this host, whose Lua is without " .. table.concat(missing, ", "), 0)
end

local getenv, getinfo, sethook = os.getenv, debug.getinfo, debug.sethook
local byHost = dofile
local source = getinfo(1, "S").source
local here = source:match "^@(.*[/\\])" or "./"
local leave

-- Where it was LUA_INIT, nothing but the interpreter has called this.
local caller = getinfo(2, "f")
local isInitial = caller ~= nil and caller.func ~= byHost and rawget(_G, "vim") == nil

-- A host may have made its globals strict.
local globals = debug.getmetatable(_G)
if globals then debug.setmetatable(_G, nil) end

-- An engine of ours can make functions of C of ours, hide others from hooks, has files of ours as bytecode, reads files at once, and has
-- a clock for each program, where the system's counts what all of its threads use.
local getregistry = debug.getregistry
local engine = getregistry and rawget(getregistry(), "luacov-ts engine") or {}
local standIn, hide = engine.standIn, engine.hide or function() end
local loadfile, clock = engine.loadfile or loadfile, engine.clock or os.clock

-- What is ours runs for a moment in each of many processes, in which LuaJIT would compile it for longer.
local off = type(jit) == "table" and jit.off

local function part(name, ...)
  local main = assert(loadfile(here .. name .. ".lua"))
  if off then off(main, true) end
  return main(...)
end

local folder, ownFolder = getenv "LUACOV_TS_FOLDER", getenv "LUACOV_TS_HITS"
local compiled, letGo = getenv "LUACOV_TS_COMPILED", nil
if compiled and compiled ~= "" and ownFolder then
  loadfile, letGo = part("compiled", compiled, ownFolder .. "/first", here, loadfile)
end

if folder and folder ~= "" and not rawget(string, "luacov_ts") then
  local hits = part("hits/hits", ownFolder and ownFolder ~= "" and ownFolder or folder, part "hits/process", hide)
  hits.ran = part("hits/parts", hits)
  rawset(string, "luacov_ts", hits.probe)
  leave = hits.leave
  local sources = part("loading/sources", folder, hits, engine.read)
  -- It is loaded when a program first dumps a function, which may have changed its libraries by then.
  local twins = part("dumping/twins", sources, function(...)
    return hits.within(loadfile(here .. "dumping/dumping.lua"))(...)
  end)
  local loading = part("loading/loading", part, sources, hits, here, standIn, twins)
  part("hooks/debugging", hits, loading.refusal, here, loadfile, standIn ~= nil)
  local newGuard, renew = part "guard"
  part("ends", hits, loading.refusal, newGuard, renew, standIn)
  local luacov = part("luacov", hits, sources)
  local dbg = part("debugging/debugging", part, hits, here, loadfile, engine)
  local asksForAccesses = (getenv "LUACOV_TS_ACCESSES" or "") ~= ""
  local accesses = asksForAccesses
    and part("accesses/accesses", part, hits, loading.seen, sources.absolute, loading.refusal, standIn, engine.call) or {}
  hits.accesses = accesses
  local function ownModule(name, path)
    return dbg(name, path) or luacov(name, path) or accesses.module and accesses.module(name, path)
  end
  if getenv "LUACOV_TS_COLLECTOR" == "hook" then
    hits.hook = part("hooks/lines", sources, hits, function() return sources.everywhere end)
    hits.hook.start()
    part("loading/searcher", function() end, loading.seen, ownModule, hits.standIns, standIn, accesses.passedOver)
  else
    function hits.fallBack()
      hits.hook = hits.hook or part("hooks/lines", sources, hits, hits.hookedPlaces)
      hits.hook.start()
    end
    local scripts = hits.debugger and part("debugging/script", loading, hits) or loading
    if isInitial then part("loading/script", scripts, hits, newGuard) end
    loading.install()
    part("dumping/upvalues", hits, twins.hiddenIn, loading.refusal, standIn)()
    part("loading/searcher", loading.fromFile, loading.seen, ownModule, hits.standIns, standIn, accesses.passedOver)
  end
  if not isInitial then part("hosts", part, hits, loading) end
  -- The agent may be a copy.
  local folders = { "@" .. here, "@" .. (getenv "LUACOV_TS_SHIPPED" or here) }
  local asked = getenv "LUACOV_TS_PROFILE"
  if asked and asked ~= "" then
    hits.profiler = part("profiler/profiler", part, folders, hits, asked, sethook, clock, engine, standIn ~= nil)
    hits.profiler.start()
    hits.begin()
  end
  local request = getenv "LUACOV_TS_TRACE"
  if request and request ~= "" then part("trace/request", part, request, folders, hits) end
end
if letGo then letGo() end
if globals then debug.setmetatable(_G, globals) end

local arg = rawget(_G, "arg")
if ... and type(arg) == "table" and source == "@" .. tostring(arg[0]) then return part("launch", leave, arg, _G) end

-- Whoever has set LUA_INIT finds it run as before.
if isInitial then return part("init", here)() end
