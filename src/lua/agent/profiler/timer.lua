-- In LuaJIT, where the program is each time after a millisecond or a tick of the system, in compiled code as well, with the time that
-- has passed since.
local functions, tree, clock, hits = ...
local getinfo = debug.getinfo
local profile = require "jit.profile"

local interval = 1
local deepest = 200

local last = 0
local stack = {}

local way = { count = 0, interval = interval * 1000, unit = "microseconds" }
local samples = { ways = { way } }

local function nodeIn(thread)
  local depth = 0
  while depth < deepest do
    local info = getinfo(thread, depth, "f")
    if not info then break end
    depth = depth + 1
    stack[depth] = functions.idOf(info.func)
  end
  return tree.nodeOf(stack, depth)
end

local standing = hits.standing

local function take(thread, count, state)
  if hits.onTimer then hits.onTimer(thread, count, state) end
  if standing and standing.isOn then return end
  local now = clock()
  local node, place = nodeIn(thread)
  -- Where nothing of the program runs there is nothing to tell.
  if node ~= 0 then way.count, tree.samples[node] = way.count + 1, tree.samples[node] + 1 end
  tree.spend(node, now - last, node ~= 0 and getinfo(thread, place - 1, "l").currentline or nil)
  last = clock()
  tree.overhead = tree.overhead + last - now
end

-- What a fork has of its parent is not its own.
function samples.forget()
  for i = 1, #samples.ways do samples.ways[i].count = 0 end
end

function samples.start()
  last = clock()
  -- Compiled code looks at the timer where a line begins.
  profile.start("li" .. interval, take)
end

return samples
