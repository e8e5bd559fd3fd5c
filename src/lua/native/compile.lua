-- Writes files of ours as bytecode of this Lua (native/compiled and agent/compiled read it): reading their texts takes most of the time of
-- a short program. A line with the name and length of each, an empty line, then their bytecode. Those of the agent have their places in them.
local own, asked = ...

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

local agent = asked.agent
write(agent.files, function(name) return loadfile(agent.folder .. name .. ".lua") end, agent.to)
write(asked.files, own, asked.to)
