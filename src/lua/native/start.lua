-- Runs a job: a table of
--
-- - `steps`: what to do in turn, as the engine's Step has it; `file` and `args`, which become `arg`;
-- - `news`: the file to tell in, nil where `host` takes that;
-- - `folder`: the current folder; `path` and `cpath`: templates ahead of Lua's own, both may be nil;
-- - `modules`: files by the modules that are in them, whatever the path leads to; may be nil;
-- - `agent`: what measures, nil for nothing; `bundled`: whether `require` finds our assertions;
-- - `maxInstructions`: how many it may execute, nil for any number;
-- - `compiled`: files of ours as bytecode, nil where there is none.
--
-- Or makes that: `compile` is what native/compile takes.
--
-- `own` gives a file of ours; `host` is what an embedded Lua has around it: the functions of native/main.

local own, job, host = ...
local main = debug.getinfo(own, "S").source
if job.compile then return own "native/compile"(own, job.compile) end
if job.compiled then own = own "native/compiled"(own, job.compiled) end
if host then
  local compiled = own "wasm/compiled"
  local loadfile, assert = loadfile, assert
  own = compiled(own, host)
  host.loadfile = compiled(function(file) return assert(loadfile(file)) end, host)
  -- What a file takes depends on what ran before. In a coroutine of its own, that does not count.
  if job.maxInstructions then
    local create, resume, find = coroutine.create, coroutine.resume, own
    own = function(...)
      local ok, chunk = resume(create(find), ...)
      return assert(ok and chunk, chunk)
    end
  end
end

-- The agent may run already, from LUA_INIT. It has to be there before our files take the functions that it replaces.
if job.agent and not rawget(string, "luacov_ts") then
  local trusted = host and host.trusted
  local open, rename, remove = io.open, os.rename, os.remove
  -- A sandbox lets it leave its counters.
  if trusted then io.open, os.rename, os.remove = trusted.open, trusted.rename, trusted.remove end
  -- A program may come so late that the command it started under is over, and what measures is gone.
  local agent = io.open(job.agent)
  if agent then
    agent:close()
    local registry = host and debug.getregistry()
    if host then
      host.main = main
      if host.debugging then host.debugging.folder = job.folder end
      registry["luacov-ts engine"] = host
    end
    dofile(job.agent)
    if host then registry["luacov-ts engine"] = nil end
  end
  io.open, os.rename, os.remove = open, rename, remove
end

local environment = own "platform/environment"()
local results = {}
local loaded = package.loaded
local platform

-- What a file of ours returns, which runs once.
local function import(file)
  if results[file] == nil then results[file] = own(file, environment)(platform) end
  return results[file]
end

platform = { import = import, own = own, host = host, environment = environment, main = main }
local clock = import(host and "wasm/clock" or "native/clock")
platform.monotonic, platform.time, platform.sleep = clock.monotonic, clock.time, clock.sleep
-- What nobody will catch, while the stack is as it was.
local agent = rawget(string, "luacov_ts") or function() end
local debugger = agent "debugger"
platform.debugs = function() return debugger ~= nil end
platform.failed = debugger and debugger.failed or function() end
-- Where there are no steps, an engine runs the program.
platform.finish = debugger and #job.steps > 0 and debugger.finish or function() end
if debugger and host then host.debugging.keep(debugger.failed, debugger.finish) end
-- Nothing of a native Lua needs functions that look as C's do.
platform.export = function(f) return f end
platform.hide = host and host.hide or function() end
platform.entering = function() end
platform.search = import "native/search"
platform.folder = function()
  local lfs = loaded.lfs
  return lfs and lfs.currentdir() or job.folder
end

if host then
  host.keep(import "wasm/interrupted")
  host.modules(import "wasm/modules")
  if host.trusted then own("host/sandbox", _G)() end
end
import "native/surroundings"(job)
local news = import "native/news"
-- A process that is killed loses no lines; where the host puts both streams in order, it has to have all at once. What is no
-- test has Lua's own buffers.
local tell = host and news(host.send, #job.steps > 0 and "no" or nil, true) or news(import "native/newsFile"(job.news), "line")
local steps = import "native/steps"
-- What of ours opens files has functions of C by now.
agent "accesses"
steps(job, tell)
