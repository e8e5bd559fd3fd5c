-- The files of ours that a debugger needs, which the build has joined: lines with the name and length of each, an empty line, their texts.
-- Those that it needs as a program begins are read at once, or as bytecode from `compiled`, nil for none, which native/compile makes. By the
-- time that the program stops it may have removed all others, or have as many files open as it may, so that their file is open from here on.
-- Returns what gives the main function of one; nothing where there are no such files, as nothing was built.
local folder, compiled = ...
local assert, compile, open, tonumber = assert, loadstring or load, io.open, tonumber
local match, lines, read, seek, close = string.match, io.stdout.lines, io.stdout.read, io.stdout.seek, io.stdout.close

local function headOf(file)
  local names, lengths = {}, {}
  for line in lines(file) do
    local name, length = match(line, "^(%S+) (%d+)$")
    if not name then break end
    names[#names + 1], lengths[#names + 1] = name, tonumber(length)
  end
  return names, lengths
end

local function readAll(from)
  local file = open(from, "rb")
  if not file then return nil end
  local names, lengths = headOf(file)
  local texts = {}
  for index = 1, #names do texts[names[index]] = read(file, lengths[index]) end
  close(file)
  return texts
end

local texts = compiled and readAll(compiled)
-- Whoever began may be another Lua than the one that has compiled them.
if not (texts and texts["debug/start"] and compile(texts["debug/start"])) then texts = readAll(folder .. "debug/start.txt") end
local whole, places = open(folder .. "debug/whole.txt", "rb"), nil
if not texts or not whole then return end

local function placesIn(file)
  local names, lengths = headOf(file)
  local found, at = {}, seek(file)
  for index = 1, #names do
    found[names[index]] = { at = at, length = lengths[index] }
    at = at + lengths[index]
  end
  return found
end

local function fromWhole(name)
  places = places or placesIn(whole)
  seek(whole, "set", places[name].at)
  return read(whole, places[name].length)
end

return function(name)
  return assert(compile(texts[name] or fromWhole(name), "@" .. folder .. name .. ".lua"))
end
