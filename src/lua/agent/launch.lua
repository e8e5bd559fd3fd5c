-- The agent as the script of a host that loads nothing before a script: `HOST agent.lua SCRIPT ARGUMENTS` runs the script
-- with its arguments as if the agent was not there.
local leave, arguments, globals = ...
local error, loadfile, pcall = error, loadfile, pcall
local unpack = table.unpack or unpack

local own = { [-1] = arguments[-1] }
for index = 1, #arguments do own[index - 1] = arguments[index] end
globals.arg = own

local chunk, message = loadfile(own[0])
if not chunk then error(message, 0) end

local function outcome(ok, ...)
  if ok then return ... end
  -- Some hosts end at an error without closing their Lua.
  if leave then leave(true) end
  error((...), 0)
end

return outcome(pcall(chunk, unpack(own)))
