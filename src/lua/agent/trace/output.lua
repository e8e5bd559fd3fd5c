-- What is written: a line for each event, at once, so that it is there when a program hangs or is killed.
local request, texts = ...
local open, stderr = io.open, io.stderr
local format, gsub, rep = string.format, string.gsub, string.rep
local pcall = pcall

-- How wide the column of places is, in characters of UTF-8.
local width = 22

local output = {}
local written, most = 0, request.limit or math.huge
local shown = 1
local colors = request.colors
local stream = stderr
if request.output then
  stream = open(request.output, "ab")
  if stream then stream:setvbuf "no" end
end
local write = stream and stream.write

-- The program may have closed its standard error.
local function put(text)
  written = written + 1
  if write and not pcall(write, stream, text, "\n") then write = nil end
  if written == most then
    if write then pcall(write, stream, format("-- the trace ends after %.0f lines, as --limit says; the program goes on\n", most)) end
    write = nil
  end
end

local function row(place, level, text)
  local length = #gsub(place, "[\128-\191]", "")
  local padding = length < width and rep(" ", width - length) or ""
  if colors then place = "\27[2m" .. place .. "\27[22m" end
  put(text == "" and place or place .. padding .. "  " .. rep("  ", level) .. text)
end

-- The test that has begun, until something of it is shown.
local test

-- Which coroutine runs is said where it is another one than before; the main one is 1.
local function enter(coroutine)
  if test then
    row(test.place, 0, "-- test: " .. test.name)
    test = nil
  end
  if coroutine == shown then return end
  shown = coroutine
  row("", 0, format("-- coroutine %d", coroutine))
end

-- Whether nothing more is written.
function output.isOver()
  return written >= most
end

-- How many lines there are.
function output.count()
  return written
end

-- A test begins at a place, "" for one that nobody knows.
function output.test(place, name)
  test = { place = place, name = gsub(name, "%c", "?") }
end

function output.line(coroutine, about, number, level)
  enter(coroutine)
  row(about.file .. ":" .. number, level, texts.line(about.source, number))
end

function output.call(coroutine, place, level, mark, name, note)
  enter(coroutine)
  if colors then name = "\27[36m" .. name .. "\27[39m" end
  row(place, level, mark .. name .. (note or ""))
end

return output
