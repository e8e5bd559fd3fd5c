-- What the runners and assertions need of the Lua that they run in, where that is the embedded one:
--
-- - `import(file)`: what another of our files returns, which runs once;
-- - `export(f)`: `f` as a function that nothing of ours is seen of on the stack, for what Lua itself calls;
-- - `hide(f)`: has hooks of the program see nothing of `f`, where that can be done;
-- - `debugs()`: whether somebody debugs; `failed(message, level)`: is told of an error that nothing of the program's will catch, while the
--   stack is as it was, as debug/start has it;
-- - `entering()`: is told that something of the program is about to be called;
-- - `monotonic()`, `time()`: seconds on a clock that is never set, and since 1970; `sleep(seconds)`;
-- - `measure`: what programs ask of LuaCov, as luacov/modules has it;
-- - `folder()`: the current one; `search(name, path)`: as package.searchpath.

local host = ...

local sys = host.sys

return {
  import = host.import,
  measure = { endCounting = host.endcounting },
  export = host.export,
  hide = function() end,
  debugs = function()
    return host.debugger ~= nil
  end,
  failed = function(...)
    local debugger = host.debugger
    if debugger then return debugger.failed(...) end
  end,
  entering = function() end,
  monotonic = sys.monotonic,
  time = sys.preciseTime,
  sleep = sys.sleep,
  folder = function()
    return host.import("host/lfs").currentdir()
  end,
  search = function(name, path)
    return host.import("host/package").searchpath(name, path)
  end,
}
