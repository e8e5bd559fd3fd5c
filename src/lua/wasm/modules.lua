-- The modules of the host that are built in: the loader of one, by its name. What they need is made when the first is asked for.

local platform = ...

local builtin = platform.own("host/builtin", platform.environment)()
local host

return function(name)
  if not builtin[name] then return nil end
  host = host or platform.import "wasm/host"
  return host.export(function()
    local module = host.import("host/" .. builtin[name])
    -- As the original does.
    if name == "lfs" then rawset(globals, "lfs", module) end
    return module
  end)
end
