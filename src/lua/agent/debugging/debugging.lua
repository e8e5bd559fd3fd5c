-- The debugger of a program, if somebody asks for one; and its module, by which a program stops itself. An engine of ours may have the
-- way to who shows it, `debugging`, and what runs it, `main`.
local part, hits, here, loadfile, engine = ...
local assert, getenv, gsub, jit = assert, os.getenv, string.gsub, jit
local folder = gsub(here, "[^/\\]*[/\\]$", "")

local function fromText(name)
  return assert(loadfile(folder .. name .. ".lua"))
end

-- `runner` is what runs the program if it is none that Lua runs itself; `compiled` gives who takes files of ours as bytecode.
local function start(channel, runner, compiled)
  local own = compiled and compiled(fromText) or fromText
  local function debugPart(name, ...)
    return own("debug/" .. name)(...)
  end
  hits.hooks().addOurs(runner)
  hits.debugger = debugPart("start", debugPart, channel, hits.hooks, hits.standIns)
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
