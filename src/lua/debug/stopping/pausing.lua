-- Whether a program is to stand still, asked for after so many instructions, where nobody can have it called.
local manager, isAsked, pause = ...
local instructions = 1000000

local pausing = {}
local client = { count = instructions, isRough = true }

function client.call()
  if isAsked() then pause() end
end

function pausing.begin()
  manager.add(client)
end

function pausing.finish()
  manager.remove(client)
end

return pausing
