-- Where the program is each time after so many instructions, with the time that has passed since; in an engine of ours each millisecond, as
-- another thread tells, until anybody else has a use for Lua's hook.
local hooks, functions, tree, clock, standing, sample, endSampling = ...
local getinfo = debug.getinfo

-- After how many instructions a program is looked at: half a millisecond or a whole one.
local instructions = 100000
local microseconds = 1000

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
  local count = instructions * share()
  return count - count % 1
end

-- How programs were looked at, and how often: in one way, or in one after the other.
local samples = { ways = {} }
local way

local function begin(unit, interval)
  way = { count = 0, interval = interval, unit = unit }
  samples.ways[#samples.ways + 1] = way
end

local function take(level)
  local now = clock()
  local node, place = nodeAt(level)
  -- Where nothing of the program runs there is nothing to tell.
  if node ~= 0 then way.count, tree.samples[node] = way.count + 1, tree.samples[node] + 1 end
  tree.spend(node, now - last, node ~= 0 and getinfo(level + place - 1, "l").currentline or nil)
  last = clock()
  tree.overhead = tree.overhead + last - now
end

local function afterInstructions(_, _, level)
  if not standing or not standing.isOn then take((level or 2) + 1) end
  return nextCount()
end

local function byInstructions()
  begin("instructions", instructions)
  hooks.add { count = instructions, first = nextCount(), call = afterInstructions, catches = true }
end

local function byTime()
  begin("microseconds", microseconds)
  hooks.onUse(function()
    endSampling()
    byInstructions()
  end)
  sample(function()
    take(3)
  end)
end

-- What a fork has of its parent is not its own.
function samples.forget()
  for i = 1, #samples.ways do samples.ways[i].count = 0 end
end

function samples.start()
  last = clock()
  if sample and hooks.isUnused() then byTime() else byInstructions() end
end

return samples
