-- Has a program in LuaJIT stand still, whose compiled code calls no hook: whether that is wanted is asked where the collector runs, and by the
-- timer of `jit.profile`, which compiled code looks at on each line. No hook can be set while the timer calls; so what was compiled is
-- dropped, and the hook is set where compiling begins again. A program may take the timer for itself, as only one can have it.
local hits, wantsPause, pauseSoon = ...
local attach, flush = jit.attach, jit.flush
local hasProfile, profile = pcall(require, "jit.profile")

local isWanted = false

local function onTrace(what)
  if what ~= "start" then return end
  attach(onTrace)
  if isWanted then pauseSoon() end
  isWanted = false
end

-- LuaJIT refuses what is to be done while the collector works: it is, at the next instruction.
function hits.onTick()
  if not isWanted and not wantsPause() then return end
  if isWanted then attach(onTrace) end
  isWanted = false
  pauseSoon()
end

-- In the middle of compiling and of collecting nothing can be dropped.
function hits.onTimer(_, _, state)
  if isWanted or state == "J" or state == "G" or not wantsPause() then return end
  isWanted = true
  attach(onTrace, "trace")
  flush()
end

if hasProfile and jit.status() and not hits.hasTimer then profile.start("li10", hits.onTimer) end
