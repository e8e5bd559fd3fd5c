-- Begins a trace if this is the first process of the command: what that was asked for is a file, which it takes away.
local part, file, ownFolders, hits = ...

local chunk = loadfile(file)
if not chunk then return end
-- A sandbox does not let us, but no program in one starts another.
pcall(os.remove, file)
part("trace/trace", part, chunk(), ownFolders, hits).start()
