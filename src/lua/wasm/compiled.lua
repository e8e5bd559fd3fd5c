-- Files of ours as bytecode, from what an earlier program on the same thread has compiled: each program has dozens of them, and to
-- read and compile their texts takes longer than most tests. `read` is what gives a file otherwise.

local read, host = ...
-- Files are taken when a program needs them, which may have changed all of these.
local load, setfenv, assert, dump, globals = loadstring or load, setfenv, assert, string.dump, _G
local code, keepCode = host.code, host.keepCode

return function(name, environment)
  local known = code(name)
  if not known then
    local main = read(name, environment)
    keepCode(name, dump(main))
    return main
  end
  if not setfenv then return assert(load(known, "=[C]", "b", environment or globals)) end
  local main = assert(load(known, "=[C]"))
  return environment and setfenv(main, environment) or main
end
