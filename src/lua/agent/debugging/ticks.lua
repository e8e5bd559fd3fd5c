-- Has a program in LuaJIT stand still, whose compiled code calls no hook: whether that is wanted is asked where the collector runs, and by the
-- timer of `jit.profile`, which compiled code looks at on each line. No hook can be set while the timer calls; so what was compiled is
-- dropped, and the hook is set where compiling begins again, also where the program has turned that off. A program may take the timer for
-- itself, as only one can have it. What is left to the interpreter may count its instructions, and asks by what this returns.
local hits, wantsPause, pauseSoon = ...
local attach, flush, on, off, status = jit.attach, jit.flush, jit.on, jit.off, jit.status
local hasProfile, profile = pcall(require, "jit.profile")

local isWanted, wasOff = false, false
local onTrace

local function finish()
  attach(onTrace)
  if wasOff then off() end
  isWanted, wasOff = false, false
end

function onTrace(what)
  if what ~= "start" then return end
  finish()
  pauseSoon()
end

-- Whether the program is to stand still, for who sees to it.
local function take()
  if not isWanted then return wantsPause() end
  finish()
  return true
end

-- LuaJIT refuses what is to be done while the collector works: it is, at the next instruction.
function hits.onTick()
  if take() then pauseSoon() end
end

-- In the middle of compiling and of collecting nothing can be dropped.
function hits.onTimer(_, _, state)
  if isWanted or state == "J" or state == "G" or not wantsPause() then return end
  isWanted, wasOff = true, not status()
  attach(onTrace, "trace")
  if wasOff then on() end
  flush()
end

if hasProfile and not hits.hasTimer then profile.start("li10", hits.onTimer) end

return take
