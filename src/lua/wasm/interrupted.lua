-- What to do before the program ends because somebody else wants that: the agent leaves its counters, and the place is told.

local agent = rawget(globals.string, "luacov_ts") or function() end

return function()
  agent "end"
  return debug.traceback("", 2)
end
