-- Has a program in LuaJIT stand still, whose compiled code calls no hook: whether that is wanted is asked where the collector runs, and by the
-- timer of `jit.profile`, which compiled code looks at on each line. No hook can be set while the timer calls; so what was compiled is
-- dropped, and the hook is set where compiling begins again, also where the program has turned that off. A program may take the timer for
-- itself, as only one can have it. What is left to the interpreter may count its instructions, and asks by what this returns.
--
-- The collector and the compiler come also while something of ours runs: the hook that they would set is lost in the middle of setting another
-- one, or of a call by the timer. Then they wait for the next time.
local hits, wantsPause, pauseSoon = ...
local getinfo, next, registry = debug.getinfo, next, debug.getregistry()
local attach, flush, on, off, status = jit.attach, jit.flush, jit.on, jit.off, jit.status
local hasProfile, profile = pcall(require, "jit.profile")

-- For so many calls of the timer, functions that are not compiled are left as they are; and so far from the innermost one they are looked for.
local patience, deepest = 3, 50

local isWanted, wasOff, waited = false, false, 0
-- Who hears of traces for the program.
local listener
-- Functions that are compiled until the program stands still.
local compiled = {}
local onTrace

-- LuaJIT tells one function of them.
local function listen()
  local before = {}
  for event, each in next, registry._VMEVENTS or before do before[event] = each end
  attach(onTrace, "trace")
  for event, each in next, registry._VMEVENTS do
    if each == onTrace then listener = before[event] end
  end
end

local function finish()
  attach(onTrace)
  if listener then attach(listener, "trace") end
  if wasOff then off() end
  for fn in next, compiled do off(fn) end
  isWanted, wasOff, waited, listener, compiled = false, false, 0, nil, {}
end

local function isOurs(fn)
  return hits.ours().has(fn)
end

function onTrace(what, _, fn)
  if what == "start" and not isOurs(fn) then pauseSoon() end
end

-- Whether the program is to stand still, for who sees to it: not where the collector works, which has nothing of this.
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
  if isOursAt(5) then return end
  isWanted = isWanted or wantsPause()
  if isWanted then pauseSoon() end
end

-- Loops that the program keeps from the compiler, or that it has given up, begin no trace without this.
local function compileAll(thread)
  for level = 0, deepest do
    local info = getinfo(thread, level, "Sf")
    if not info then return end
    local fn = info.func
    if info.what ~= "C" and not compiled[fn] and not isOurs(fn) then
      on(fn)
      compiled[fn] = true
    end
  end
end

local function wait(thread)
  waited = waited + 1
  if waited > patience then compileAll(thread) end
end

-- In the middle of compiling and of collecting nothing can be dropped.
function hits.onTimer(thread, _, state)
  if isWanted then return wait(thread) end
  if state == "J" or state == "G" or not wantsPause() then return end
  isWanted, wasOff = true, not status()
  listen()
  if wasOff then on() end
  flush()
end

if hasProfile and not hits.hasTimer then profile.start("li10", hits.onTimer) end

return take
