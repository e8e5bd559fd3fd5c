-- The level of whoever has called the function that asks for it, as `error` counts there. That is never one of ours, but
-- where a tail call has a level of its own, as in 5.1, it is further down.

local CALLER = 2

local function kind()
  return debug.getinfo(CALLER, "S").what
end

local function throughTailCall()
  return kind()
end

if throughTailCall() ~= "tail" then
  return function()
    return CALLER
  end
end

return function()
  local level = CALLER
  local info
  repeat
    level = level + 1
    -- Here the stack has one level more.
    info = debug.getinfo(level, "S")
  until not info or info.what ~= "tail"
  return level - 1
end
