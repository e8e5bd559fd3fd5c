-- Begins a debugger if this is the first process of the command: how to speak with who shows it is a text, the same for all, and the first
-- one takes a file away that only one can. Returns nothing in any other process.
local part, text, folder, start = ...

local request = (loadstring or load)("return " .. text)()
if not os.remove(request.mark) then return end

return start(part("debugging/pipes", request), "@" .. request.runner, part("debugging/files", folder, request.compiled))
