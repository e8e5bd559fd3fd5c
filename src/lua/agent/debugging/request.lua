-- Begins a debugger if this is the first process of the command: how to speak with who shows it is a file, which it takes away.
-- Returns nothing in any other process.
local part, file, start = ...

local chunk = loadfile(file)
if not chunk then return end
os.remove(file)
local request = chunk()

-- What takes files of ours as bytecode, where there is some that this process may read.
local function compiled(own)
  local take = loadfile((string.gsub(request.runner, "main%.lua$", "compiled.lua")))
  return take and take(own, request.compiled) or own
end

return start(part("debugging/pipes", request), "@" .. request.runner, request.compiled and compiled)
