-- The calls of a coroutine, from the innermost one on, without ours. A frame is a position of `stack` with `fn`, and what the
-- protocol says of frames.
local stack, texts, isOurs, standIns = ...
local getinfo, rawlen, jit = debug.getinfo, rawlen, jit
local byte, find, format, gsub, sub = string.byte, string.find, string.format, string.gsub, string.sub

local frames = {}

-- Of a stack that overflows, those further out are not told.
local most = 1000

-- LuaJIT has some functions of its libraries in Lua.
local function isC(info)
  return info.what == "C" or standIns[info.func] ~= nil or find(info.source, "^=%[builtin:") ~= nil
end

-- Where one is called says what its name is; Luas differ in what they say of it beside that.
local function calledAs(info)
  local name, kind = info.name, info.namewhat
  if not name or name == "?" or kind == "" then return nil end
  if find(name, "^%(for ") or kind == "for iterator" then return "for iterator" end
  if kind == "metamethod" then return "metamethod '" .. gsub(name, "^__", "") .. "'" end
  return "function '" .. name .. "'"
end

local function nameOf(info)
  if isC(info) then
    local name = texts.libraryName(info.func)
    return name and "function '" .. name .. "'" or calledAs(info) or "?"
  end
  if info.what == "main" then return "main chunk" end
  return calledAs(info) or format("function <%s:%.0f>", texts.sourceName(info), info.linedefined)
end

local function fileOf(info)
  return byte(info.source, 1) == 64 and sub(info.source, 2) or nil
end

local function frameOf(info)
  local inC = isC(info)
  return {
    fn = info.func, name = nameOf(info), isC = inC, isTail = info.istailcall == true,
    file = not inC and fileOf(info) or nil, source = inC and "[C]" or texts.sourceName(info),
    line = inC and 0 or info.currentline > 0 and info.currentline or 0,
  }
end

-- Whether the call at a place, or what is further out than levels of tail calls in 5.1, is ours, or what ours call in C.
local function isHidden(all, index)
  local info = all[index]
  while info and not info.func do
    index = index + 1
    info = all[index]
  end
  if not info then return true end
  if info.what ~= "C" and not standIns[info.func] then return isOurs(info.func) end
  local outer = all[index + 1]
  return not outer or outer.func ~= nil and isOurs(outer.func)
end

-- 5.1 has levels for calls that tail calls have taken the place of.
local function withoutOurs(all)
  local shown = {}
  for index = 1, #all do
    local info = all[index]
    if info.func and not isHidden(all, index) then
      local frame = frameOf(info)
      frame.place = index
      frame.isTail = frame.isTail or all[index + 1] ~= nil and not all[index + 1].func and not isHidden(all, index + 1)
      shown[#shown + 1] = frame
    end
  end
  return shown
end

local what = rawlen and not jit and "Slnft" or "Slnf"

-- Of the coroutine that runs, from a level of the caller on.
function frames.here(level)
  local bottom, all = stack.height(level + 1), {}
  repeat
    all[#all + 1] = getinfo(level + #all + 1, what)
  until #all > bottom or #all == most
  local shown = withoutOurs(all)
  for index = 1, #shown do shown[index].height = bottom + 1 - shown[index].place end
  return shown
end

-- Of one that does not run.
function frames.of(thread)
  local all = {}
  repeat
    local info = getinfo(thread, #all, what)
    all[#all + 1] = info
  until not info or #all == most
  local shown = withoutOurs(all)
  for index = 1, #shown do shown[index].thread, shown[index].level = thread, shown[index].place - 1 end
  return shown
end

return frames
