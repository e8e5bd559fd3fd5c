-- The files of ours that a debugger needs, most of them when the program stops: it may have removed them by then, or have as many files open
-- as it may. So all are read now, from one that the build makes of them, or from `compiled`, nil for none, which native/compile makes: lines
-- with the name and length of each, an empty line, their texts or bytecode. Returns what gives the main function of one; nothing where
-- there is no such file, as nothing was built.
local folder, compiled = ...
local assert, compile, open = assert, loadstring or load, io.open

local function read(from)
  local file = open(from, "rb")
  if not file then return nil end
  local names, lengths, texts = {}, {}, {}
  for line in file:lines() do
    local name, length = line:match "^(%S+) (%d+)$"
    if not name then break end
    names[#names + 1], lengths[#names + 1] = name, tonumber(length)
  end
  for index = 1, #names do texts[names[index]] = file:read(lengths[index]) end
  file:close()
  return texts
end

local texts = compiled and read(compiled)
-- Whoever began may be another Lua than the one that has compiled them.
if not (texts and texts["debug/start"] and compile(texts["debug/start"])) then texts = read(folder .. "debug/files.txt") end
if not texts then return end

return function(name)
  return assert(compile(texts[name], "@" .. folder .. name .. ".lua"))
end
