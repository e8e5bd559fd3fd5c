-- What a program asks of debug.sethook, and what debug.gethook then tells, as this Lua has both.
local sethook, gethook, create = debug.sethook, debug.gethook, coroutine.create
local find, pcall, select, tonumber, type = string.find, pcall, select, tonumber, type
local jit = jit

local asked = {}

local function pack(...)
  return { n = select("#", ...), ... }
end

-- Shows what Lua makes of arguments, and runs never.
local sample = not jit and create(function() end)

local function toldBySample(...)
  local ok, message = pcall(sethook, sample, ...)
  if not ok then return nil, message end
  local told = pack(gethook(sample))
  sethook(sample)
  return told
end

-- LuaJIT has one hook for all, which would be the sample's: so it is asked for mistakes alone.
local function toldByRules(...)
  local fn, mask, count = ...
  if fn == nil then return { n = 3, nil, "", 0 } end
  local kind, limit = type(mask), tonumber(count or 0)
  if type(fn) ~= "function" or kind ~= "string" and kind ~= "number" or not limit then
    return nil, select(2, pcall(sethook, ...))
  end
  local letters = ""
  for letter in ("crl"):gmatch "." do
    if find(mask, letter, 1, true) then letters = letters .. letter end
  end
  return { n = 3, fn, letters, limit - limit % 1 }
end

-- What is in effect of what gethook tells.
local function effectOf(told)
  local fn, mask, count = told[1], told[2], told[3]
  if type(fn) ~= "function" or mask == "" and count <= 0 then return nil end
  local isCall, isReturn = find(mask, "c", 1, true) ~= nil, find(mask, "r", 1, true) ~= nil
  return {
    hook = fn, mask = mask, count = count,
    wants = {
      call = isCall, ["tail call"] = isCall, ["return"] = isReturn, ["tail return"] = isReturn,
      line = find(mask, "l", 1, true) ~= nil,
    },
  }
end

-- What gethook tells after `sethook(...)`, and what is in effect then; or nil, nil and Lua's message.
function asked.read(hasThread, ...)
  local read = jit and toldByRules or toldBySample
  local told, message
  if hasThread then told, message = read(select(2, ...)) else told, message = read(...) end
  if told then return told, effectOf(told) end
  -- The numbers of arguments are those of the program's own call, which fails before it does anything.
  local _, own = pcall(sethook, ...)
  return nil, nil, own or message
end

-- The same of what Lua has for a coroutine.
function asked.found(...)
  local told = pack(gethook(...))
  return told, effectOf(told)
end

-- What gethook tells of a new coroutine: it has the mask of the one that made it, and not its hook.
function asked.inherited(told)
  local isSet = told and type(told[2]) == "string" and (told[2] ~= "" or told[3] > 0)
  return isSet and { n = 3, nil, told[2], told[3] } or nil
end

-- What it tells where nothing was ever set.
asked.nothing = jit and { n = 3, nil, "", 0 } or pack(gethook(create(function() end)))

return asked
