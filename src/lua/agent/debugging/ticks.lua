-- Has a program in LuaJIT stand still, whose compiled code calls no hook: whether that is wanted is asked where the collector runs, and by the
-- timer of `jit.profile`, which compiled code looks at on each line. No hook can be set while the timer calls; so what was compiled is
-- dropped, and the hook is set where compiling begins again, also where the program has turned that off. A program may take the timer for
-- itself, as only one can have it. What is left to the interpreter may count its instructions, and asks by what this returns.
--
-- The collector and the compiler come also while something of ours runs: the hook that they would set is lost in the middle of setting another
-- one, or of a call by the timer. Then they wait for the next time.
local hits, wantsPause, pauseSoon = ...
local getinfo = debug.getinfo
local attach, flush, on, off, status = jit.attach, jit.flush, jit.on, jit.off, jit.status
local hasProfile, profile = pcall(require, "jit.profile")

local isWanted, wasOff = false, false
local onTrace

local function finish()
  attach(onTrace)
  if wasOff then off() end
  isWanted, wasOff = false, false
end

local function isOurs(fn)
  return hits.ours().has(fn)
end

function onTrace(what, _, fn)
  if what ~= "start" or isOurs(fn) then return end
  finish()
  pauseSoon()
end

-- Whether the program is to stand still, for who sees to it.
local function take()
  if not isWanted then return wantsPause() end
  finish()
  return true
end

-- Whether the innermost function of Lua from a level of the caller on is ours.
local function isOursAt(level)
  repeat
    level = level + 1
    local info = getinfo(level, "Sf")
    if not info then return false end
    if info.what ~= "C" then return isOurs(info.func) end
  until false
end

-- Above this, its caller, pcall and the finalizer is what the collector has interrupted. LuaJIT refuses what is to be done while it works: it
-- is, at the next instruction.
function hits.onTick()
  if not isOursAt(5) and take() then pauseSoon() end
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
