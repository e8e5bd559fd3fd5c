-- Whether a program is to stand still, asked for after so many instructions, where nobody can have it called. LuaJIT's compiled code counts
-- none: where it compiles, they are counted while lines are listened to, which is in the interpreter.
local hooks, isAsked, pause, isCompiling = ...
-- Each line that is listened to takes as long as hundreds of instructions.
local instructions, ofLines = 1000000, 20000
-- To make a coroutine takes as long as thousands.
local ofCoroutines = 256

local pausing = {}
local client = { isRough = true }
local made = 0

function client.call()
  if isAsked() then pause() end
end

function client.onCoroutine()
  made = made + 1
  if made % ofCoroutines == 0 then client.call() end
end

function pausing.finish()
  if client.isOn then hooks().remove(client) end
end

-- Where lines are listened to, and where not.
function pausing.set(areLines)
  local count = areLines and ofLines or not isCompiling and instructions or nil
  if not count then pausing.finish()
  elseif not client.isOn or client.count ~= count then
    client.count = count
    hooks().add(client)
  end
end

return pausing
