-- Where the program is each time after so many instructions, with the time that has passed since.
local hooks, functions, tree, interval, clock = ...
local getinfo = debug.getinfo

-- How much of a deep stack is looked at, from the innermost call on.
local deepest = 200

local last = clock()
local stack = {}

local function nodeAt(level)
  local depth = 0
  while depth < deepest do
    local info = getinfo(level + 1 + depth, "f")
    if not info then break end
    depth = depth + 1
    -- 5.1 has levels for calls that tail calls have taken the place of.
    stack[depth] = info.func and functions.idOf(info.func, level + depth) or 0
  end
  return tree.nodeOf(stack, depth)
end

-- From half to one and a half, another one each time: a program that goes round and round is not always to be met at the same place.
local seed = 1
local function share()
  seed = seed * 16807 % 2147483647
  return 0.5 + seed / 2147483647
end

local function nextCount()
  local count = interval * share()
  return count - count % 1
end

local samples = { count = 0, interval = interval, unit = "instructions" }

local function take(_, _, level)
  level = level or 2
  local now = clock()
  local node, place = nodeAt(level)
  samples.count = samples.count + 1
  if node ~= 0 then tree.samples[node] = tree.samples[node] + 1 end
  tree.spend(node, now - last, node ~= 0 and getinfo(level + place - 1, "l").currentline or nil)
  last = clock()
  tree.overhead = tree.overhead + last - now
  return nextCount()
end

function samples.start()
  last = clock()
  hooks.add { count = interval, first = nextCount(), call = take, catches = true }
end

return samples
