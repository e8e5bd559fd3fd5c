-- Events of Lua's hook. Levels are those of the caller of who takes them.
local parts, tell, going, arrivals, hearing, standIns, replaced = ...
local breakpoints, steps, watches, program, isOurs = parts.breakpoints, parts.steps, parts.watches, parts.program, parts.isOurs
local getinfo, pcall, setmetatable, tostring = debug.getinfo, pcall, setmetatable, tostring
local jit = jit

local events = {}
local weak = { __mode = "k" }
-- Functions of which a call changes nothing.
local cold = setmetatable({}, weak)

-- What was known of functions, before breakpoints were set anew.
function events.forget()
  cold = setmetatable({}, weak)
end

-- Whether a function of a library, at a level of the caller, is called by one of ours.
local function isCalledByOurs(level)
  local info
  repeat
    level = level + 1
    info = getinfo(level + 1, "Sf")
  until not info or info.func and info.what ~= "C"
  return info ~= nil and isOurs(info.func)
end

-- A function is called that has breakpoints by its name, if it has.
local function onNamed(fn, level)
  level = level + 1
  local list = breakpoints.named(getinfo(level, "n").name)
  if #list == 0 or replaced[fn] then return end
  local isOfLibrary = standIns[fn] or getinfo(fn, "S").what == "C"
  if not isOfLibrary then arrivals.atFirstLine(fn, list)
  elseif not isCalledByOurs(level) then arrivals.atCall(level, list) end
end

local function onCall(level)
  level = level + 1
  local fn = getinfo(level, "f").func
  if jit then arrivals.interrupt(level + 1) end
  if not fn or isOurs(fn) and not standIns[fn] then return end
  if watches.areThere() and getinfo(fn, "S").what ~= "C" then watches.called(level) end
  if not standIns[fn] then
    program.met(fn)
    local own = breakpoints.of(fn)
    if own then hearing.entered(steps.current(), fn, level) else hearing.called(steps.current(), fn) end
    if not breakpoints.areOfFunctions() then cold[fn] = not own or nil end
  end
  if breakpoints.areOfFunctions() then onNamed(fn, level) end
end

local function onReturn(level)
  level = level + 1
  local above = level + 1
  local outer = getinfo(above, "Sf")
  while outer and outer.what == "tail" do
    above = above + 1
    outer = getinfo(above, "Sf")
  end
  hearing.returned(steps.current(), level, outer and outer.func)
  if steps.isOn() then arrivals.atReturn(level, above) end
end

local function handle(event, line, level)
  if event == "line" then arrivals.atLine(line, level + 1)
  elseif event == "call" or event == "tail call" then onCall(level + 1)
  elseif event == "return" then onReturn(level + 1) end
end

-- No error of ours is the program's. `level` is 2 where this is the hook itself.
function events.call(event, line, level)
  level = level or 2
  if event == "call" and cold[getinfo(level, "f").func] and hearing.isQuiet() or going.isFree() then return end
  local ok, message = pcall(handle, event, line, level + 1)
  if not ok then tell { event = "log", text = "the debugger failed: " .. tostring(message), file = "", line = 0 } end
end

return events
