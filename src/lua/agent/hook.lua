-- Lines and calls of sources that run as they are. The law of the hook: the function that runs is asked for only at the
-- first line after a call, a return or a change of coroutine, since on any other line it is still the same.
local sources, hits, refusal, placesOf = ...
local sethook, gethook, getinfo = debug.sethook, debug.gethook, debug.getinfo
local create, wrap, running = coroutine.create, coroutine.wrap, coroutine.running
local open, sub, find, byte = io.open, string.sub, string.find, string.byte
local error, jit, next, pcall, setmetatable, type = error, jit, next, pcall, setmetatable, type

local hook = {}

-- Counters by key, which of them a chunk of a name has, and which a function has.
local records, byName = {}, {}
local byFunction = setmetatable({}, { __mode = "k" })
local nothing = { lines = {}, calls = {}, active = {} }
local none = { nothing.lines, nothing.calls, "" }
-- LuaJIT has one hook for all, and 5.1 does not tell its main coroutine.
local main = not jit and running() or nil

local function textOf(name)
  -- A chunk that was not loaded from a file has its text for a name.
  if byte(name, 1) ~= 64 then return byte(name, 1) ~= 61 and name or nil, nil end
  local file = open(sub(name, 2), "rb")
  local length = file and file:seek "end"
  local text = length and sources.mayHave(length) and file:seek "set" and file:read "*a" or nil
  if file then file:close() end
  return text, sub(name, 2)
end

local function recordOf(name)
  local text, file = textOf(name)
  local source = text and sources.find(text, file)
  if not source then
    if file then sources.missed(file) end
    return nothing
  end
  if not placesOf(source.key) then return nothing end
  records[source.key] = records[source.key] or { lines = {}, calls = {}, active = {}, key = source.key }
  hits.begin()
  return records[source.key]
end

local function lookUp(fn)
  local info = getinfo(fn, "SL")
  local name = info.source
  local record = byName[name]
  if not record then
    record = recordOf(name)
    byName[name] = record
  end
  local place = info.what == "main" and "main" or info.linedefined .. "-" .. info.lastlinedefined
  local known = none
  if record ~= nothing and placesOf(record.key)[place] then
    record.active[place] = info.activelines
    known = { record.lines, record.calls, place }
  end
  byFunction[fn] = known
  return known
end

local lines, isEntered = nil, false

local function count(event, line)
  if event == "line" then
    if not lines then
      local fn = getinfo(2, "f").func
      local known = byFunction[fn] or lookUp(fn)
      lines = known[1]
      if isEntered then
        local isOther = isEntered ~= true and isEntered ~= fn
        isEntered = false
        if isOther then known = none end
        local calls, place = known[2], known[3]
        calls[place] = (calls[place] or 0) + 1
      end
    end
    lines[line] = (lines[line] or 0) + 1
  else
    lines = nil
    isEntered = event == "call" or event == "tail call"
    -- LuaJIT tells that a function of C is called, but not that it returns.
    if isEntered and jit then isEntered = getinfo(2, "f").func end
  end
end

local mask = "crl"

-- The hook that a program has set for a coroutine, with its mask and its count. LuaJIT has one for all.
local own = setmetatable({}, { __mode = "k" })
local everywhere = {}

local function threadOf(...)
  local thread = ...
  if jit then return everywhere end
  return type(thread) == "thread" and thread or running() or everywhere
end

-- What a program's own hook must not see: these take the place of functions of C, which have no lines.
local ours, isHidden = {}, false

local function countLine(line)
  if not lines then
    local fn = getinfo(3, "f").func
    local known = byFunction[fn] or lookUp(fn)
    lines = known[1]
    if isEntered == true or isEntered == fn then known[2][known[3]] = (known[2][known[3]] or 0) + 1 end
    isEntered = false
  end
  lines[line] = (lines[line] or 0) + 1
end

-- Counts, and then does what the program's own hook does, for what that one wants.
local function both(theirs)
  local inner, letters = theirs.hook, theirs.mask
  local wanted = { line = find(letters, "l", 1, true), count = theirs.count > 0 }
  wanted.call = find(letters, "c", 1, true)
  wanted["tail call"] = wanted.call
  wanted["return"] = find(letters, "r", 1, true)
  wanted["tail return"] = wanted["return"]
  return function(event, line)
    local wasHidden = isHidden
    if event == "line" then countLine(line)
    elseif event ~= "count" then
      local fn = getinfo(2, "f").func
      local isCall = event == "call" or event == "tail call"
      lines, isEntered = nil, isCall and fn
      if ours[fn] then isHidden, wasHidden = isCall, false end
    end
    if wanted[event] and not wasHidden then return inner(event, line) end
  end
end

local function set(thread, fn, ...)
  if thread then sethook(thread, fn, ...) else sethook(fn, ...) end
end

local function newSethook(...)
  local thread, fn, theirMask, theirCount
  if type((...)) == "thread" then thread, fn, theirMask, theirCount = ...
  else fn, theirMask, theirCount = ... end
  local key = threadOf(...)
  local isOff = type(fn) ~= "function" or type(theirMask) ~= "string" or (theirMask == "" and not theirCount)
  if isOff then
    own[key] = nil
    set(thread, count, mask)
    isHidden = false
    return
  end
  local theirs = { hook = fn, mask = theirMask, count = type(theirCount) == "number" and theirCount or 0 }
  own[key] = theirs
  isHidden = true
  set(thread, both(theirs), mask, theirs.count)
end

local function newGethook(...)
  local theirs = own[threadOf(...)]
  if theirs then return theirs.hook, theirs.mask, theirs.count end
  if rawlen and not find(_VERSION, "5%.[23]") then return nil end
  return nil, "", 0
end

ours[newSethook], ours[newGethook] = true, true

-- A coroutine has a hook of its own.
local function newCreate(...)
  local ok, thread = pcall(create, ...)
  if not ok then error(refusal(thread, "coroutine.create"), 2) end
  sethook(thread, count, mask)
  return thread
end

local function newWrap(...)
  local fn = ...
  if type(fn) ~= "function" or getinfo(fn, "S").what == "C" then
    local ok, result = pcall(wrap, ...)
    if not ok then error(refusal(result, "coroutine.wrap"), 2) end
    return result
  end
  return wrap(function(...)
    sethook(count, mask)
    return fn(...)
  end)
end

ours[newCreate], ours[newWrap] = true, true

local isOn = false

function hook.start()
  if isOn then return end
  isOn = true
  -- Compiled code calls no hook.
  if jit then jit.off() end
  debug.sethook, debug.gethook = newSethook, newGethook
  if not jit then coroutine.create, coroutine.wrap = newCreate, newWrap end
  sethook(count, mask)
  if main and main ~= running() then sethook(main, count, mask) end
end

-- In a coroutine that was made by C.
function hook.enter()
  if not jit then sethook(count, mask) end
end

local function copyOf(counts)
  local copy = {}
  for place, times in next, counts do copy[place] = times end
  return copy
end

-- What was counted until now, for a fork.
function hook.counted()
  local copies = {}
  for key, record in next, records do copies[key] = { lines = copyOf(record.lines), calls = copyOf(record.calls) } end
  return copies
end

local function row(kind, key, counts, before)
  local parts = { kind .. " " .. key }
  for place, times in next, counts do
    local own = times - (before and before[place] or 0)
    if own > 0 then parts[#parts + 1] = place .. ":" .. own end
  end
  return parts
end

-- For the file of this process: what was counted, without what `inherited` has, and which lines of the functions that ran
-- have code.
function hook.rows(add, inherited)
  add { "lua", jit and jit.version or _VERSION }
  for key, record in next, records do
    local before = inherited and inherited[key] or {}
    add(row("lines", key, record.lines, before.lines))
    add(row("calls", key, record.calls, before.calls))
    for place, active in next, record.active do
      local parts = { "active " .. key .. " " .. place }
      for line in next, active or {} do parts[#parts + 1] = line end
      add(parts)
    end
  end
end

return hook
