-- Writes files of ours as bytecode of this Lua (native/compiled reads it): reading their texts takes most of the time of
-- a short program. A line with the name and length of each, an empty line, then their bytecode.
local own, files, to = ...
local lines, codes = {}, {}
for index, name in ipairs(files) do
  codes[index] = string.dump(own(name))
  lines[index] = name .. " " .. #codes[index] .. "\n"
end
local output = assert(io.open(to, "wb"))
assert(output:write(table.concat(lines), "\n", table.concat(codes)))
assert(output:close())
