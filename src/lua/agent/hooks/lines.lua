-- Lines and calls of sources that run as they are. The law of the hook: the function that runs is asked for only at the
-- first line after a call, a return or a change of coroutine, since on any other line it is still the same.
local sources, hits, placesOf = ...
local getinfo, open, sub, byte = debug.getinfo, io.open, string.sub, string.byte
local jit, next, pcall, setmetatable, tostring = jit, next, pcall, setmetatable, tostring

local hook = {}

-- Counters by key, which of them a chunk of a name has, and which a function has.
local records, byName = {}, {}
local byFunction = setmetatable({}, { __mode = "k" })
local nothing = { lines = {}, calls = {}, active = {} }
local none = { nothing.lines, nothing.calls, "" }

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
  if file then sources.seen("file", file) end
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

-- The hook itself raises no error: a program is not to have one of ours.
local function lookedUp(fn)
  local ok, known = pcall(lookUp, fn)
  if ok then return known end
  hits.doubt("listener", tostring(known))
  byFunction[fn] = none
  return none
end

local lines, isEntered = nil, false

local function count(event, line, level)
  if event == "line" then
    if not lines then
      local fn = getinfo(level or 2, "f").func
      local known = byFunction[fn] or lookedUp(fn)
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
    if isEntered and jit then isEntered = getinfo(level or 2, "f").func end
  end
end

local isOn = false

function hook.start()
  if isOn then return end
  isOn = true
  -- Compiled code calls no hook.
  if jit then jit.off() end
  hits.hooks().add { mask = "crl", call = count, catches = true }
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
