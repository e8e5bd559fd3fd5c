-- The files of ours that a debugger needs, most of them when the program stops: it may have removed them by then, or have as many files open
-- as it may. So all are read now, from one that the build makes of them: lines with the name and length of each, an empty line, their
-- texts. Returns what gives the main function of one; nothing where there is no such file, as nothing was built.
local folder = ...
local assert, compile, open = assert, loadstring or load, io.open

local file = open(folder .. "debug/files.txt", "rb")
if not file then return end
local names, lengths, texts = {}, {}, {}
for line in file:lines() do
  local name, length = line:match "^(%S+) (%d+)$"
  if not name then break end
  names[#names + 1], lengths[#names + 1] = name, tonumber(length)
end
for index = 1, #names do texts[names[index]] = file:read(lengths[index]) end
file:close()

return function(name)
  return assert(compile(texts[name], "@" .. folder .. name .. ".lua"))
end
