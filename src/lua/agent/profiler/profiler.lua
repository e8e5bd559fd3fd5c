-- Where the time of this program goes, as the command has asked for it: `sampling`, `exact`, or `memory`, and perhaps `per-test`. What it finds is rows of
-- this process's file, which `hits` writes.
local part, ownFolders, hits, asked, sethook, clock, isEmbedded = ...
local collect, concat, match = collectgarbage, table.concat, string.match
local isJit = type(jit) == "table"

local kind, perTest = match(asked, "^(%a+) ?(.*)$")

-- After how many instructions a program is looked at: half a millisecond or a whole one.
local interval = 100000

local functions = part("profiler/functions", ownFolders, hits.standIns)
local tree = part("profiler/tree", functions, kind == "memory")
local profiler = {}
local holders, allocation

local function measureMemory()
  collect "stop"
  holders = part("profiler/holders", functions, part "profiler/sizes", part "profiler/paths")
  allocation = part("profiler/allocation", holders)
end

local function collector()
  if kind == "sampling" and isJit then return part("profiler/timer", functions, tree, clock) end
  if kind == "sampling" then return part("profiler/samples", hits.hooks(), functions, tree, interval, clock) end
  return part("profiler/calls", hits.hooks(), functions, tree, allocation, sethook, clock, isEmbedded)
end

if kind == "memory" then measureMemory() end
local own = collector()

-- What a fork has of its parent is not its own.
function profiler.forget()
  tree.forget()
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
  if own.count then add("sampled " .. own.count .. " " .. own.interval .. " " .. own.unit) end
end

return profiler
