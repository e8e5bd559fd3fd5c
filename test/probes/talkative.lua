-- The prelude of generated programs, which also tells where each call comes from and what each thread ended with.
local traceback, resume, print, type = debug.traceback, coroutine.resume, print, type
dofile((debug.getinfo(1, "S").source:match "^@(.*/)") .. "../oracle/generated/prelude.lua")

local quiet_tick = tick
function tick(...)
  print(traceback("tick", 2))
  return quiet_tick(...)
end

local function told(thread, ok, ...)
  if not ok then print(type((...)) == "string" and ..., traceback(thread)) end
  return ok, ...
end
function coroutine.resume(thread, ...)
  return told(thread, resume(thread, ...))
end

local function tell(ok, ...)
  if not ok and type((...)) == "string" then print(...) end
  return ok, ...
end
local pcall_ = pcall
function pcall(...)
  return tell(pcall_(...))
end
