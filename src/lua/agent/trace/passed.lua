-- What calls are given and give back, as texts, where this Lua tells them. Levels count from the caller.
--
-- What differs by Lua: from 5.4 on, an event has its values; before, nobody says what is given back. Of a function of C, what is on the stack
-- at its start is what it was given, and then what the hook itself has put there, which is counted once. 5.1 tells how many parameters a
-- function has in its bytecode alone, and nothing of what else it was given.
local values = ...
local dump, getinfo, getlocal, pcall = string.dump, debug.getinfo, debug.getlocal, pcall
local byte, setmetatable = string.byte, setmetatable

local tellsValues = pcall(getinfo, 1, "r")
local tellsParameters = getinfo(1, "u").nparams ~= nil
-- How many values of the hook are above those of a function of C.
local ofHook = 0

local passed = {}

-- Behind a header with the size of a length, the name of the chunk, two lines, and the number of upvalues.
local function parametersIn(bytecode)
  local sizeOfInt, sizeOfLength = byte(bytecode, 8, 9)
  local length, factor = 0, 1
  for at = 13, 12 + sizeOfLength do length, factor = length + byte(bytecode, at) * factor, factor * 256 end
  local at = 13 + sizeOfLength + length + 2 * sizeOfInt + 1
  return { nparams = byte(bytecode, at), isvararg = byte(bytecode, at + 1) ~= 0 }
end

local known = setmetatable({}, { __mode = "k" })

local function parametersOf(fn, level)
  local found = tellsParameters and getinfo(level + 1, "u") or known[fn] or parametersIn(dump(fn))
  known[fn] = found
  return found
end

local function addLocals(list, level, first, last)
  for index = first, last do
    local name, value = getlocal(level + 1, index)
    if not name then return end
    list.count = list.count + 1
    list[list.count] = value
  end
end

local function addOthers(list, level)
  local index = 1
  local name, value = getlocal(level + 1, -index)
  while name do
    list.count = list.count + 1
    list[list.count] = value
    index = index + 1
    name, value = getlocal(level + 1, -index)
  end
end

local function countOfC(level)
  local count = 0
  while getlocal(level + 1, count + 1) do count = count + 1 end
  return count - ofHook
end

local function givenToC(level)
  local list = { count = 0 }
  local last = tellsValues and getinfo(level + 1, "r").ntransfer or countOfC(level + 1)
  addLocals(list, level + 1, 1, last)
  return values.list(list, list.count)
end

local function givenToLua(fn, level)
  local list = { count = 0 }
  local parameters = parametersOf(fn, level + 1)
  addLocals(list, level + 1, 1, parameters.nparams)
  if not parameters.isvararg then return values.list(list, list.count) end
  if tellsParameters then addOthers(list, level + 1) end
  local text = values.list(list, list.count)
  if tellsParameters then return text end
  return text == "" and "..." or text .. ", ..."
end

-- What the function at a level, whose call the event is about, was given.
function passed.given(fn, level)
  local what = getinfo(level + 1, "S").what
  if what == "main" then return nil end
  return what == "C" and givenToC(level + 1) or what ~= "C" and givenToLua(fn, level + 1) or ""
end

-- What the function at a level, whose return the event is about, gives back; nil where nobody tells that.
function passed.back(level)
  if not tellsValues then return nil end
  local info = getinfo(level + 1, "r")
  local list = { count = 0 }
  addLocals(list, level + 1, info.ftransfer, info.ftransfer + info.ntransfer - 1)
  return list.count > 0 and values.list(list, list.count) or nil
end

-- At the call of a function of C that was given one value.
function passed.calibrate(level)
  ofHook = 0
  ofHook = countOfC(level + 1) - 1
end

return passed
