-- Begins a debugger if this is the first process of the command: how to speak with who shows it is a file, which it takes away.
-- Returns nothing in any other process.
local part, file, start = ...

local chunk = loadfile(file)
if not chunk then return end
os.remove(file)
local request = chunk()
return start(part("debugging/pipes", request), "@" .. request.runner)
