-- One job swaps "d" between a folder and a link to the folder outside, as fast as it can, until the other one has
-- written to what is in "d" so many times, and has met both.
local lfs = require "lfs"

local function exists(name)
  return lfs.symlinkattributes(name, "mode") ~= nil
end

local function touch(name)
  assert(io.open(name, "w")):close()
end

local function meet(own, other)
  touch(own)
  repeat until exists(other)
end

local function swap(outside)
  assert(lfs.mkdir "d" and lfs.link(outside, "link", true))
  meet("ready-swap", "ready-write")
  repeat
    os.rename("d", "folder")
    os.rename("link", "d")
    os.rename("d", "link")
    os.rename("folder", "d")
  until exists "done"
end

local attempts = {
  function() return io.open("d/x", "w") end,
  function() return io.open("d/secret", "a") end,
  function() return io.open("d/../outside/x", "w") end,
  function() return lfs.mkdir "d/folder" end,
  function() return lfs.touch("d/secret", 1, 1) end,
  function() return os.remove "d/secret" end,
  function() touch "mine" return os.rename("mine", "d/mine") end,
  function() return os.rename("d/secret", "mine") end,
  function() return lfs.link("elsewhere", "d/link", true) end,
  function() return lfs.link("race.lua", "d/hard") end,
  function() return lfs.link("d/secret", "hard") end,
  function() return io.open("d/../../outside/x", "a+") end,
  function() return io.open("d/back/d/x", "w") end,
  function()
    local project = lfs.currentdir()
    lfs.chdir "d"
    local ok, result = pcall(io.open, "x", "w")
    lfs.chdir(project)
    if not ok then error(result, 0) end
    return result
  end,
}

local function attempt(rounds)
  local written, refused, round = 0, 0, 0
  repeat
    round = round + 1
    local ok, result = pcall(attempts[round % #attempts + 1])
    if not ok then
      assert(tostring(result):find("the sandbox allows no writing", 1, true), result)
      refused = refused + 1
    elseif result then
      if io.type(result) then
        result:write "written"
        result:close()
      end
      written = written + 1
    end
  until round >= rounds and written > 0 and refused > 0
  print("rounds", round, "written", written, "refused", refused)
end

local function write(rounds)
  meet("ready-write", "ready-swap")
  local ok, message = pcall(attempt, rounds)
  touch "done"
  assert(ok, message)
end

return { swap = swap, write = write }
