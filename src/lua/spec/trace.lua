-- Where something happened, and what is said about it.

local platform = ...

local failure = platform.import "spec/failure"
local pretty = platform.import "spec/pretty"

local trace = {}

-- What measures stands in for functions of C, from files in its folder.
local probe = rawget(globals.string, "luacov_ts")
local agent = probe and match(debug.getinfo(probe, "S").source, "^@.*[/\\]agent[/\\]")

-- What is no place in a program: C, our own files, which have its name, and the level that 5.1 has for a tail call.
local function isOurs(info)
  return info.what == "C" or info.what == "tail" or info.short_src == "[C]" or find(info.short_src, "luassert[/\\].*%.lua$")
    or agent and sub(info.source, 1, #agent) == agent
end

-- Where the code at a level of the stack is, or the first code of the program's under it; nil when there is none.
function trace.at(level)
  local info
  repeat
    level = level + 1
    info = debug.getinfo(level, "Sl")
  until not info or not isOurs(info)
  return info, level
end

-- The same with a traceback, which ends where Lua calls back from C: there we called the test.
function trace.withTraceback(level)
  local info, found = trace.at(level + 1)
  if not info then return nil end
  -- In `at` the stack has one level more.
  local text = debug.traceback("", found - 1)
  info.traceback = sub(text, 1, find(text, "\n%s*%[C%]"))
  return info
end

-- The text of what was thrown, with a place in front.
function trace.message(thrown, place)
  local text
  if failure.hasText(thrown) then
    local ok, result = pcall(tostring, thrown)
    text = ok and result or "(error object whose __tostring fails: " .. tostring(result) .. ")"
  else
    text = thrown == nil and "Nil error" or pretty(thrown)
  end
  if match(text, "^[^\n]-:%d+: .*") or not place then return text end
  return place.short_src .. ":" .. place.currentline .. ": " .. text
end

-- The file and line that a place stands for, if it is any; Lua shortens long names for people.
function trace.fileAndLine(place)
  if not place or sub(place.source or "", 1, 1) ~= "@" then return nil, nil end
  return sub(place.source, 2), place.currentline
end

-- The lines of a traceback.
function trace.text(place)
  if not place or not place.traceback then return nil end
  return (gsub(gsub(place.traceback, "^\n", ""), "\n$", ""))
end

return trace
