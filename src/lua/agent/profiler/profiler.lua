-- Where the time of this program goes, as the command has asked for it: `sampling`, `exact`, or `memory`, and perhaps `per-test`. What it finds is rows of
-- this process's file, which `hits` writes.
local part, ownFolders, hits, asked, sethook, clock, engine, isEmbedded = ...
local collect, concat, match = collectgarbage, table.concat, string.match
local isJit = type(jit) == "table"
local processorClock = os.clock
local standing = hits.standing
local sample = engine.sample
-- Two that write the same hook from another thread would be in each other's way.
if standing then clock, processorClock, sample = standing.clock(clock), standing.clock(processorClock), nil end

local kind, perTest = match(asked, "^(%a+) ?(.*)$")

local functions = part("profiler/functions", part "libraries", ownFolders, hits.standIns)
local tree = part("profiler/tree", functions, kind == "memory")
local profiler = {}
local holders, allocation

local function measureMemory()
  collect "stop"
  holders = part("profiler/holders", functions, part "profiler/sizes", part "profiler/paths")
  allocation = part("profiler/allocation", holders)
  if standing then standing.tell(allocation.stand) end
end

-- What a machine does while a program waits is not the program's time. An engine's own clock counts it, and takes so little that each call
-- can ask it.
local function collector()
  if kind == "sampling" and isJit then return part("profiler/timer", functions, tree, clock, hits) end
  if kind == "sampling" then return part("profiler/samples", hits.hooks(), functions, tree, processorClock, standing, sample, engine.endSampling) end
  return part("profiler/calls", hits.hooks(), functions, tree, allocation, sethook, clock, standing, isEmbedded)
end

if kind == "memory" then measureMemory() end
local own = collector()

-- What a fork has of its parent is not its own.
function profiler.forget()
  tree.forget()
  if own.forget then own.forget() end
  if holders then holders.forget() end
end

-- What our runner did before a program begins is not the program's.
function profiler.begin()
  profiler.forget()
  if allocation then allocation.start() end
end

function profiler.start()
  own.start()
end

-- A test begins; without arguments it has ended.
function profiler.test(file, line, ...)
  if perTest ~= "per-test" then return end
  tree.base = ... and tree.child(0, functions.ofTest(concat({ ... }, " "), file, line)) or 0
  if ... then tree.calls[tree.base] = tree.calls[tree.base] + 1 end
  if own.rebase then own.rebase() end
end

-- The program is at its end.
function profiler.finish()
  if allocation then allocation.finish() end
end

function profiler.rows(add, isEnd)
  if isEnd then profiler.finish() end
  tree.rows(add)
  if holders then holders.rows(add) end
  for i = 1, #(own.ways or {}) do
    local way = own.ways[i]
    if way.count > 0 or #own.ways == 1 then add("sampled " .. way.count .. " " .. way.interval .. " " .. way.unit) end
  end
end

return profiler
