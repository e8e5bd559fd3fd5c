-- Where an error belongs: levels of the stack as `error` counts them.

-- In 5.1 a tail call has a level of its own, which is in no file.
local TAIL = "=(tail call)"

-- Our functions are seen as C's without being C's.
local function chunkof(info)
  if info and info.source == "=[C]" and info.what ~= "C" then
    return "luassert"
  end
  return info and info.source
end

-- The level of the first function on the stack that is in another file than the one at `level`, which counts
-- from the caller. It is made for whoever calls `error` where this function is called.
return function(level)
  level = (level or 1) + 1
  local file = chunkof(debug.getinfo(level, "S"))
  local chunk = file
  while chunk and (chunk == file or chunk == TAIL) do
    level = level + 1
    chunk = chunkof(debug.getinfo(level, "S"))
  end
  return level - 1
end
