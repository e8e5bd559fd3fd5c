-- Where a program is to stop: at lines, and when functions of a name are called. Which functions have such lines is found out once for
-- each; all others cost nothing but that they are asked for.
local pathOf, sourceName, tell, isOurs, entries, none = ...
local getinfo = debug.getinfo
local byte, match, next, setmetatable = string.byte, string.match, next, setmetatable

local breakpoints = {}
local lines, functions = {}, {}
local known = {}
local areTold = true
local version = 0

-- What was reached, and where a line was found, is as true as before.
local function keep(list, before)
  local byId = {}
  for index = 1, #before do byId[before[index].id] = before[index] end
  for index = 1, #list do
    local was = byId[list[index].id]
    list[index].reached = was and was.reached or 0
    list[index].found = was and was.line == list[index].line and was.found or nil
  end
end

function breakpoints.set(newLines, newFunctions)
  -- None in place of none changes nothing.
  if #newLines + #newFunctions + #lines + #functions > 0 then version = version + 1 end
  keep(newLines, lines)
  keep(newFunctions, functions)
  lines, functions = newLines, newFunctions
  known = setmetatable({}, { __mode = "k" })
  areTold = entries.set(lines)
end

-- Another number once others are set.
function breakpoints.version()
  return version
end

-- A file with breakpoints is loaded, of which no function will tell of itself.
function breakpoints.leaveUntold()
  areTold = false
end

-- Whether each function with a breakpoint will tell of itself.
function breakpoints.areTold()
  return areTold
end

function breakpoints.areOfLines()
  return #lines > 0
end

function breakpoints.areOfFunctions()
  return #functions > 0
end

-- The next line of a function that can run, from a line on.
local function lineFrom(active, wanted)
  local found
  for line in next, active do
    if line >= wanted and (not found or line < found) then found = line end
  end
  return found
end

local function lineIn(breakpoint, info)
  local active = info.activelines or {}
  if not breakpoint.defined then return active[breakpoint.line] and breakpoint.line end
  local defined = info.what == "main" and 0 or info.linedefined
  return defined == breakpoint.defined and lineFrom(active, breakpoint.line) or nil
end

local function isIn(breakpoint, info, path)
  if breakpoint.isText then return byte(info.source, 1) ~= 64 and sourceName(info) == breakpoint.file end
  return breakpoint.path == path
end

local function found(breakpoint, line)
  if breakpoint.found == line then return end
  breakpoint.found = line
  tell { event = "breakpoint", id = breakpoint.id, line = line, problem = none }
end

local function linesOf(fn)
  local info = getinfo(fn, "SL")
  if info.what == "C" or isOurs(fn) then return false end
  local own, path = false, nil
  for index = 1, #lines do
    path = path or pathOf(info.source)
    local line = isIn(lines[index], info, path) and lineIn(lines[index], info)
    if line then
      own = own or {}
      own[line] = own[line] or {}
      own[line][#own[line] + 1] = lines[index]
      found(lines[index], line)
    end
  end
  return own
end

-- Lists of breakpoints by line; false for a function that has none.
function breakpoints.of(fn)
  local own = known[fn]
  if own == nil then
    own = linesOf(fn)
    known[fn] = own
  end
  return own
end

-- Those of a name by which a function is called, of the whole one or what is behind its last dot or colon.
function breakpoints.named(name)
  local list = {}
  for index = 1, #functions do
    local wanted = functions[index].name
    if name and (name == wanted or name == match(wanted, "[.:]([^.:]*)$")) then list[#list + 1] = functions[index] end
  end
  return list
end

local function without(list, removed)
  local others = {}
  for index = 1, #list do
    if list[index] ~= removed then others[#others + 1] = list[index] end
  end
  return others
end

-- Of a breakpoint that is for once.
function breakpoints.remove(breakpoint)
  lines, functions = without(lines, breakpoint), without(functions, breakpoint)
  areTold, version = entries.set(lines), version + 1
  known = setmetatable({}, { __mode = "k" })
end

-- Of `list` those at which a program stops now, and for each of the others that has something to say, `say(text)`. `evaluate` is asked for
-- expressions; a condition that fails stops as well.
function breakpoints.due(list, evaluate, say)
  local due, problem = {}, nil
  for index = 1, #list do
    local breakpoint = list[index]
    local isMet = true
    if breakpoint.condition then
      local values, message = evaluate(breakpoint.condition)
      isMet = not values or values[1] ~= nil and values[1] ~= false
      problem = problem or not values and "condition " .. breakpoint.condition .. ": " .. message or nil
    end
    if isMet then breakpoint.reached = breakpoint.reached + 1 end
    local isDue = isMet and breakpoint.reached >= (breakpoint.hits or 1)
    if isDue and breakpoint.log then say(breakpoint.log)
    elseif isDue then due[#due + 1] = breakpoint end
  end
  return due, problem
end

return breakpoints
