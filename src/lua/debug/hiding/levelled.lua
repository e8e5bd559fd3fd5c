-- What takes the place of debug.getinfo, debug.getlocal and debug.setlocal while levels of ours may be on a stack: they count those that a
-- program would have without us.
local given = ...
local levels, refuse, standIns, library, debug = given.levels, given.refuse, given.standIns, given.debug, debug
local floor, ipairs, next, pcall = math.floor, ipairs, next, pcall
local rawget, rawset, select, tonumber, type = rawget, rawset, select, tonumber, type

-- Further out levels are counted as they are. There is none that is so far out.
local most, none = 200, 2 ^ 30

-- What differs where a function of C runs.
local ofC = {
  what = "C", source = "=[C]", short_src = "[C]", currentline = -1, linedefined = -1, lastlinedefined = -1, nups = 0, nparams = 0,
}

local function asOfC(info)
  for name, value in next, ofC do
    if info[name] ~= nil then info[name] = value end
  end
  return info
end

-- The level of the caller's caller that a program means, one that there is not for none; and whether a stand-in runs there. Nil where Lua has
-- to say what becomes of it.
local function meant(...)
  local level = type((...)) ~= "function" and type((...)) ~= "thread" and tonumber((...))
  if not level or level < 0 or level > most then return nil end
  level = floor(level)
  local shown = levels.visible(nil, level * 2 + 16)
  local info = shown[level + 1]
  if not info then return none end
  return info.level - 1, standIns[info.func]
end

-- What has called this stays on the stack.
local function same(...)
  return ...
end

local function standInFor(name, original)
  return function(...)
    local level, isStandIn = meant(...)
    if not level or level == none then
      if not pcall(original, level or (...), select(2, ...)) then refuse("debug." .. name, original, ...) end
      return same(original(level or (...), select(2, ...)))
    end
    if name == "getinfo" and not pcall(original, 0, select(2, ...)) then refuse("debug.getinfo", original, ...) end
    if isStandIn and name ~= "getinfo" then return nil end
    if isStandIn then return asOfC(original(level, select(2, ...))) end
    return same(original(level, select(2, ...)))
  end
end

local originals, new = {}, {}
for _, name in ipairs { "getinfo", "getlocal", "setlocal" } do
  originals[name] = debug[name]
  new[name] = standInFor(name, debug[name])
  standIns[new[name]] = true
end

-- What a program has put there itself stays.
return function()
  for name, original in next, originals do
    if rawget(library, name) == original then rawset(library, name, new[name]) end
  end
end
