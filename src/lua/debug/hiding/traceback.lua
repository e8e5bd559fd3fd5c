-- What takes the place of debug.traceback where ours is on the stack: the same of the levels that a program would have without us. Each line
-- is Lua's own, as far as it is not of what stands in for a function of C.
local given = ...
local levels, refuse, standIns, debug = given.levels, given.refuse, given.standIns, given.debug
local libraryName = given.libraryName
local running, original = coroutine.running, debug.traceback
local concat, floor, huge, max = table.concat, math.floor, 2 ^ 30, math.max
local find, format, gmatch, sub = string.find, string.format, string.gmatch, string.sub
local pcall, rawget, rawset, select, tonumber, type = pcall, rawget, rawset, select, tonumber, type
local isFirst, jit = not rawlen and not jit, jit
local isSecond = find(_VERSION, "5.2", 1, true) ~= nil
local saysHowMany = find(_VERSION, "5%.[4-9]") ~= nil

-- Which levels are shown between a level and the last one: up to which, from which on again, and how many Lua says that there are between.
local function bounds(level, last)
  if isFirst or jit then
    if last <= max(level, 12) + 10 then return last, last + 1 end
    return max(level - 1, 11), last - 9
  end
  if isSecond then
    if last <= 22 or level > 11 then return last, last + 1 end
    return 10, last - 10
  end
  if last - level <= 21 then return last, last + 1 end
  return level + 9, last - 10, last - level - 21
end

-- What is in the line of a function of C behind its place. From 5.2 on Lua knows the names of its libraries.
local function nameIn(rest, fn)
  local _, _, named = find(rest, "^( in %a+ '.*)")
  if named then return named end
  local name = fn and not isFirst and not jit and libraryName(fn)
  return name and " in function '" .. name .. "'" or isFirst and " ?" or " in ?"
end

local function lineFor(info, line)
  if not standIns[info.func] then return line end
  local _, last = find(line, "^%d+:", #info.short_src + 3)
  return "\t[C]:" .. nameIn(sub(line, (last or 0) + 1), info.func)
end

-- As versions before 5.3 say it, which tell of no single level between the innermost and outermost ones of a deep stack.
local function lineOfOld(info)
  local place = info.currentline > 0 and format("%s:%.0f:", info.short_src, info.currentline) or info.short_src .. ":"
  if info.namewhat ~= "" then return "\t" .. place .. " in function '" .. info.name .. "'" end
  if info.what == "main" then return "\t" .. place .. " in main chunk" end
  if info.what == "C" or info.what == "tail" then return "\t" .. place .. nameIn "" end
  return "\t" .. place .. format(" in function <%s:%.0f>", info.short_src, info.linedefined)
end

-- The lines of a level from what Lua says from there on.
local function linesOf(info, text)
  local all = {}
  for line in gmatch(text, "[^\n]+") do
    all[#all + 1] = line
    if #all == 3 then break end
  end
  local own = lineFor(info, all[2] == "\t..." and lineOfOld(info) or all[2])
  if info.istailcall then own = own .. "\n\t(...tail calls...)" end
  return own
end

-- Levels are those of the caller.
local function textOf(thread, shown, level)
  local last = shown[#shown].index
  local upTo, from, count = bounds(level, last)
  local lines = {}
  for index = 1, #shown do
    local info, text = shown[index], nil
    if not info.isLost and info.index >= level and (info.index <= upTo or info.index >= from) then
      if thread then text = original(thread, "", info.level) else text = original("", info.level + 1) end
      lines[#lines + 1] = linesOf(info, text)
    end
    if info.index == upTo and upTo < last then
      lines[#lines + 1] = count and saysHowMany and format("\t...\t(skipping %.0f levels)", count) or "\t..."
    end
  end
  return concat(lines, "\n")
end

-- What is in front of the levels. Only 5.1 makes a difference between no message and nil.
local function headOf(thread, isGiven, message)
  local text
  if thread then text = original(thread, message or "", huge) else text = original(message or "", huge) end
  return isGiven and message ~= nil and text or sub(text, 2)
end

local function newTraceback(...)
  local ok, text = pcall(original, ...)
  if not ok then refuse("debug.traceback", original, ...) end
  local thread, message, level = ...
  local isGiven = select("#", ...) > (type(thread) == "thread" and 1 or 0)
  if type(thread) ~= "thread" then thread, message, level = nil, thread, message end
  if type(text) ~= "string" or message ~= nil and type(message) ~= "string" and type(message) ~= "number" then return text end
  if thread == running() then thread = nil end
  level = floor(tonumber(level) or (thread and 0 or 1))
  local shown = levels.visible(thread)
  if #shown == 0 or level < 0 then return text end
  local head, rest = headOf(thread, isGiven, message), textOf(thread, shown, level)
  return rest == "" and head or head .. "\n" .. rest
end

standIns[newTraceback] = true

local hiding = { of = newTraceback }

-- What a program has put there itself stays.
function hiding.install()
  if rawget(debug, "traceback") == original then rawset(debug, "traceback", newTraceback) end
end

return hiding
