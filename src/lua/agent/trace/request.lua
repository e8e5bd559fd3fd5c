-- Begins a trace if this is the first process of a command or test file: what that was asked for is a file, which it takes away. What
-- else is in its folder is ours.
local part, file, ownFolders, hits = ...
local match, remove = string.match, os.remove

local chunk = loadfile(file)
if not chunk then return end
-- A sandbox does not let us, but no program in one starts another.
pcall(remove, file)
local folders = { "@" .. match(file, "^(.*[/\\])") }
for i = 1, #ownFolders do folders[i + 1] = ownFolders[i] end
hits.trace = part("trace/trace", part, chunk(), folders, hits)
hits.trace.start()
