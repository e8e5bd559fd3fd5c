-- LuaSystem: time, environment and terminal of the process.

local host = ...

local check = host.import "host/check"
local file = host.import "host/files/file"
local sys = host.sys

local library = {}

function library.gettime()
  return sys.preciseTime() + 0.0
end

function library.monotime()
  return sys.monotonic() + 0.0
end

function library.sleep(seconds)
  sys.sleep(check.number(1, seconds))
end

function library.getenv(name)
  return (sys.getenv(check.cstring(check.string(1, name))))
end

function library.getenvs()
  return sys.getenvs()
end

function library.setenv(name, value)
  name = check.cstring(check.string(1, name))
  value = check.optstring(2, value, nil)
  return sys.setenv(name, value and check.cstring(value))
end

function library.isatty(handle)
  return sys.isatty(file.checkopen(1, handle).id)
end

function library.random(count)
  return sys.random(check.optinteger(1, count, 1))
end

for name, each in pairs(library) do
  library[name] = host.export(each)
end

library._VERSION = "LuaSystem 0.2.1"
library.windows = sub(package.config, 1, 1) == "\\"

return library
