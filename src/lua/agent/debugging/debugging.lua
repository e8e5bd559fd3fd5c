-- The debugger of a program, if somebody asks for one; and its module, by which a program stops itself. An engine of ours may have the
-- way to who shows it, `debugging`, and what runs it, `main`.
local part, hits, here, loadfile, engine = ...
local assert, find, getenv, gsub, jit = assert, string.find, os.getenv, string.gsub, jit
local folder = gsub(here, "[^/\\]*[/\\]$", "")

local function fromText(name)
  return assert(loadfile(folder .. name .. ".lua"))
end

-- In LuaJIT, calls are told by the interpreter alone, which is not to be left.
local function beProfiled(channel, kind)
  hits.standing = part "profiler/standing"
  channel.stands = hits.standing.set
  hits.hasTimer = jit and kind == "sampling"
  if jit and kind ~= "sampling" then jit.off() end
end

-- `runner` is what runs the program if it is none that Lua runs itself; `compiled` gives who takes files of ours as bytecode.
local function start(channel, runner, compiled)
  local own = compiled and compiled(fromText) or fromText
  local function debugPart(name, ...)
    return own("debug/" .. name)(...)
  end
  hits.hooks().addOurs(runner)
  hits.runner = runner
  local _, _, kind = find(getenv "LUACOV_TS_PROFILE" or "", "^(%a+)")
  if kind then beProfiled(channel, kind) end
  hits.debugger = debugPart("start", debugPart, channel, hits.hooks, hits.standIns, part("libraries").nameOf)
  hits.rewrite = hits.debugger.rewrite
  if jit and channel.wantsPause then part("debugging/ticks", hits, channel.wantsPause, hits.debugger.pause) end
end

local request = getenv "LUACOV_TS_DEBUG"
if engine.debugging then start(engine.debugging, engine.main)
elseif request and request ~= "" then part("debugging/request", part, request, start) end

-- Nobody debugs.
local function same(...)
  return ...
end

local function load()
  return hits.debugger and hits.debugger.dbg or same
end

-- The loader of the module that is found in a file, or nowhere; nil for another one.
return function(name, path)
  if name == "luacov-ts.dbg" and not path then return load end
end
