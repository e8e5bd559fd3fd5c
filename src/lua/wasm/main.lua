-- What an embedded Lua of PUC-Rio's is started with: the folder of our Lua files; what to run, as a Lua text; a function
-- that calls the host's primitives; one that takes the lines of our news; and one that keeps what to do when the program is
-- to end.

local folder, job, call, send, keep = ...

-- What a file of ours is before it runs, as a chunk that is named as C is; `environment` may be nil.
local function own(name, environment)
  local file = assert(io.open(folder .. name .. ".lua", "rb"))
  local text = file:read "*a"
  file:close()
  if not setfenv then return assert(load(text, "=[C]", "t", environment or _G)) end
  local main = assert(loadstring(text, "=[C]"))
  return environment and setfenv(main, environment) or main
end

return own "native/start"(own, (loadstring or load)(job, "=job")(), { call = call, send = send, keep = keep })
