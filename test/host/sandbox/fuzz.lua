-- Does to files what comes up, in a project that another job of the same file works in, too. Its arguments: a seed,
-- how many operations, and a folder outside the project. Says how much of it was done, refused and failed.
local lfs = require "lfs"

return function(seed, operations, outside)
  local project = lfs.currentdir()
  local state = seed
  local function random(n) -- a generator of our own: the same on every machine
    state = (state * 16807.0) % 2147483647
    return math.floor(state / 2147483647 * n) + 1
  end
  local function pick(list)
    return list[random(#list)]
  end

  local names = { "a", "b", "c", "d", "\xff", "kept", "sub" }
  local starts = { "", "", "", "", project .. "/", outside .. "/", "/proc/self/cwd/", "../outside/", "./", project .. "//../project/" }
  local function path()
    local parts = {}
    for i = 1, random(4) do
      parts[i] = random(5) == 1 and pick { "..", ".", "../..", "back" } or pick(names)
    end
    return pick(starts) .. table.concat(parts, "/") .. pick { "", "", "", "", "/", "\0/../../outside/sub/x" }
  end

  local actions = {
    function() -- open
      local file, message = io.open(path(), pick { "w", "a", "r+", "w+", "a+", "wb", "r+b" })
      if not file then return nil, message end
      file:write "written"
      file:close()
      return true
    end,
    function() return os.remove(path()) end,
    function() return os.rename(path(), path()) end,
    function() return os.rename(path(), path()) end,
    function() return lfs.mkdir(path()) end,
    function() return lfs.rmdir(path()) end,
    function() return lfs.link(path(), path(), true) end,
    function() return lfs.link(pick { outside, outside .. "/new", outside .. "/sub", "..", "../outside" }, path(), true) end,
    function() return lfs.link(path(), path()) end,
    function() return lfs.touch(path(), random(1000), random(1000)) end,
    function() return lfs.lock_dir(path()) end,
    function() return lfs.chdir(random(2) == 1 and project or path()) end,
    function() return loadfile(path()) end,
  }

  local counts = { done = 0, refused = 0, failed = 0 }
  for _ = 1, operations do
    local ok, result = pcall(pick(actions))
    if not ok and not tostring(result):find("sandbox", 1, true) then error(result) end
    local kind = not ok and "refused" or result and "done" or "failed"
    counts[kind] = counts[kind] + 1
  end
  print(("done %d refused %d failed %d"):format(counts.done, counts.refused, counts.failed))
end
