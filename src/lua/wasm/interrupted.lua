-- What to do before the program ends because somebody else wants that: the place is told, and the agent leaves its counters,
-- after which nothing may happen that the agent hears of.

local agent = rawget(globals.string, "luacov_ts") or function() end

return function()
  local traceback = debug.traceback("", 2)
  agent "end"
  return traceback
end
