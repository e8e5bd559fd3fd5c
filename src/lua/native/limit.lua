-- Ends a program that executes more instructions than it may. They are counted in steps, the last of which ends at the limit. A step that
-- ends in a function of ours is not counted. None is as long as the one before, so that no loop always has the same instruction
-- at the end of one.

local platform = ...

local exit, traceback, getinfo = os.exit, debug.traceback, debug.getinfo
-- Its mean, which takes little time.
local size = 1000

-- Where nothing is measured, the agent's hooks come without it. Our chunks are named as C is.
local function ownHooks()
  local hits = { standIns = {}, replaced = {}, doubt = function() end }
  local function refusal(message) return message end
  local function loadfile(name) return platform.own((gsub(name, "^%[C%]/(.*)%.lua$", "%1"))) end
  platform.own "agent/hooks/debugging"(hits, refusal, "[C]/agent/", loadfile, true)
  return hits.hooks()
end

-- Lengths of steps, in each run the same ones.
local function newLengths()
  local turn = 0
  return function()
    turn = (turn + 0.6180339887498949) % 1
    return floor(turn * (2 * size - 1)) + 1
  end
end

return function(limit, agent, tell)
  local hooks = agent "hooks" or ownHooks()
  hooks.addOurs(platform.main)
  local length, lengthOfOurs = newLengths(), newLengths()
  local left = limit
  -- From here on no finalizer of ours runs, whenever the collector comes to it.
  agent "tick"
  collectgarbage()
  -- Compiled code calls no hook, and what has been compiled by now is not always the same.
  if globals.jit then
    globals.jit.off()
    globals.jit.flush()
  end
  local client = hooks.add {
    count = size,
    first = min(left, length()),
    call = function(_, instructions, level)
      -- Elsewhere the collector is the clock, whose times nobody knows.
      agent "tick"
      if hooks.isOurs(getinfo(level, "f").func) then return lengthOfOurs() end
      left = left - instructions
      if left > 0 then return min(left, length()) end
      tell("out of instructions", traceback("", level), limit)
      exit(1)
    end,
  }
  -- How much is ours before something of the program is called is not always the same.
  return function() hooks.countAnew(client) end
end
