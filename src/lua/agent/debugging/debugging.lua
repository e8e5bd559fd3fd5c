-- The debugger of a program, if somebody asks for one; and its module, by which a program stops itself. An engine of ours may have the
-- way to who shows it, `debugging`, and what runs it, `main`.
local part, hits, here, loadfile, engine = ...
local assert, find, getenv, gsub, jit = assert, string.find, os.getenv, string.gsub, jit
local folder = gsub(here, "[^/\\]*[/\\]$", "")

local function fromFile(name)
  return assert(loadfile(folder .. name .. ".lua"))
end

-- In LuaJIT, calls are told by the interpreter alone, which is not to be left.
local function beProfiled(channel, kind)
  hits.standing = part "profiler/standing"
  channel.stands = hits.standing.set
  hits.hasTimer = jit and kind == "sampling"
  if jit and kind ~= "sampling" then jit.off() end
end

-- LuaJIT's compiled code calls no hook, so that a program asks otherwise whether it is to stand still.
local function hearOfPauses(channel)
  local client = { count = 1 }
  function client.call()
    hits.hooks().remove(client)
    if channel.wantsPause() then hits.debugger.pause() end
  end
  -- In the middle of the collector's work, that is its next instruction.
  channel.wantsPause = part("debugging/ticks", hits, channel.wantsPause, function() hits.hooks().add(client) end)
end

-- `runner` is what runs the program if it is none that Lua runs itself; `ahead` gives files of ours that have been read, also when the
-- program stops, which may have removed them by then, or have as many files open as it may.
local function start(channel, runner, ahead)
  hits.ahead, hits.runner = ahead, runner
  hits.ours().add(runner)
  local function own(name, ...)
    return hits.within((ahead or fromFile)(name))(...)
  end
  local function debugPart(name, ...)
    return own("debug/" .. name, ...)
  end
  local nameOf
  local function libraryName(fn)
    nameOf = nameOf or own("agent/libraries").nameOf
    return nameOf(fn)
  end
  local _, _, kind = find(getenv "LUACOV_TS_PROFILE" or "", "^(%a+)")
  if kind then beProfiled(channel, kind) end
  local isCompiling = jit and jit.status()
  hits.debugger = debugPart("start", debugPart, channel, {
    hooks = hits.hooks, noteCoroutines = hits.noteCoroutines, ours = hits.ours(), standIns = hits.standIns, main = hits.main,
    libraryName = libraryName,
  })
  hits.rewrite = hits.debugger.rewrite
  if isCompiling and channel.wantsPause then hearOfPauses(channel) end
end

local request = getenv "LUACOV_TS_DEBUG"
if engine.debugging then start(engine.debugging, engine.main)
elseif request and request ~= "" then part("debugging/request", part, request, folder, start) end

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
