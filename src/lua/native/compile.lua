-- Writes files of ours as bytecode of this Lua (native/compiled, agent/compiled and agent/debugging/files read it): reading their texts takes
-- most of the time of a short program. A line with the name and length of each, an empty line, then their bytecode. `sets` are tables of
-- `files` and where to write them, `to`; those with a `folder` are from there, and have their places in them.
local own, sets = ...

local function write(files, load, to)
  local lines, codes = {}, {}
  for index, name in ipairs(files) do
    codes[index] = string.dump(assert(load(name)))
    lines[index] = name .. " " .. #codes[index] .. "\n"
  end
  local output = assert(io.open(to, "wb"))
  assert(output:write(table.concat(lines), "\n", table.concat(codes)))
  assert(output:close())
end

for _, set in ipairs(sets) do
  local folder = set.folder
  write(set.files, folder and function(name) return loadfile(folder .. name .. ".lua") end or own, set.to)
end
