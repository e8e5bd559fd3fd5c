-- Counters of the sources that were loaded, by key, and the file in which this process leaves them: a line for each
-- source, one for each doubt, and "end", or "open" as long as the process has not come to its end.
local folder, process, hide = ...
local open, rename, remove, clock, time = io.open, os.rename, os.remove, os.clock, os.time
local concat, format, gsub, match = table.concat, string.format, string.gsub, string.match
local next, pcall, select, setmetatable, tostring, type = next, pcall, select, setmetatable, tostring, type
local collect, abs, max = collectgarbage, math.abs, math.max

-- Counters by the keys of their sources.
local states, doubts = {}, {}
-- Functions that stand in for those of C, and by those of C which of them do.
local hits = { states = states, standIns = {}, replaced = {} }
local isOpen, file, owner, inherited = false, nil, nil, {}
-- How often this file was written, which is the end of its name.
local times = 0
-- Whether nothing is written until the end, or ever.
local isPaused, isOver = false, false
-- How long writing has taken so far. It is to take a twentieth of the program's time, and what nobody notices, even of a suite of
-- a thousand programs; where each test tells what has counted, a twentieth will do. The time of one that waits is what passes
-- meanwhile, in seconds of which the first may have been none.
local spent, unnoticed, began = 0, 0.002, time() + 1

-- How often a source is loaded with counters in locals, which a function for each reads from there on.
local most = 100

-- What was written last: the counters, and the lines.
local written, last = {}, nil

local function newState(size)
  local counters = {}
  for i = 1, size do counters[i] = 0 end
  local function test(n, value)
    local way = value and n or n + 1
    counters[way] = counters[way] + 1
    return value
  end
  hide(test)
  return { counters = counters, size = size, test = test, readers = {} }
end

-- What a copy calls: all of its counters, also with a function that returns those that are locals; one more; or the truth of a value,
-- which a negative number tells where there may be none.
function hits.probe(key, n, ...)
  local state = states[key]
  if not state then
    if key == "dofile" then return hits.pending() end
    if key == "leave" then return hits.leaveSoon(n) end
    if key == "end" then return hits.leave(true) end
    if key == "tick" then return hits.tick() end
    if key == "ran" then
      unnoticed = 0
      return hits.ran()
    end
    if key == "hooks" then return hits.hooks() end
    if key == "accesses" then return hits.accesses and hits.accesses.install and hits.accesses.install() end
    if key == "begin" then return hits.profiler and hits.profiler.begin() end
    if key == "debugger" then return hits.debugger end
    if key == "over" then return hits.profiler and hits.profiler.finish() end
    if key == "entered" then return hits.debugger.entered end
    if key == "test" then
      local listener = hits.profiler or hits.trace
      return listener and listener.test(n, ...)
    end
    state = hits.ready(key)
  end
  if n == nil then return state.counters, state.test end
  if select("#", ...) > 0 or type(n) == "number" and n < 0 then return (state.test(abs(n), (...))) end
  local count = state.counters[n]
  if count then
    state.counters[n] = count + 1
    return
  end
  state.readers[#state.readers + 1] = n
  return state.counters, state.test
end

hide(hits.probe)

-- Makes the counters of a source. `size` is asked for where a copy came another way, as bytecode.
function hits.ready(key, size)
  states[key] = states[key] or newState(size or hits.sizeOf(key))
  return states[key]
end

-- Whether a source should have no more counters in locals.
function hits.isCrowded(key)
  return states[key] ~= nil and #states[key].readers >= most
end

local function countersOf(state)
  local all, counters, totals = {}, state.counters, state.totals
  for i = 1, state.size do all[i] = counters[i] + (totals and totals[i] or 0) end
  for i = 1, #state.readers do
    local own = { state.readers[i]() }
    for at = 1, #own, 2 do all[own[at]] = all[own[at]] + own[at + 1] end
  end
  return all
end

-- What numbers look like in a form; most of them are small, and are asked for again and again.
function hits.textsBy(form)
  return setmetatable({}, {
    __index = function(all, number)
      local text = format(form, number)
      if number < 10000 then all[number] = text end
      return text
    end,
  })
end

local numerals = hits.textsBy "%.0f"

-- A copy that did not come to run has counted nothing, which must not stand for what ran in its place.
function hits.forgetUnused(key)
  local counters = states[key] and countersOf(states[key]) or {}
  for i = 1, #counters do
    if counters[i] ~= 0 then return end
  end
  states[key] = nil
end

function hits.doubt(kind, name)
  doubts[kind .. " " .. gsub(name, "[\r\n]", "?")] = true
end

function hits.isUnprobed(key)
  return doubts["unprobed " .. key] ~= nil
end

local function newName(id)
  local address = gsub(tostring {}, "[^%w]", "")
  local name
  local count = 0
  repeat
    count = count + 1
    name = format("%s-%s-%d-%.0f-%d", id, address, time(), clock() * 1000000, count)
    local taken = open(folder .. "/hits-" .. name .. "-1", "rb")
    if taken then taken:close() end
  until not taken
  return name
end

-- Under another name until it is whole; then the one before it goes. To replace that would have some systems write both to the disk,
-- which takes longer than all else, and others do not do it.
local function put(lines)
  local unfinished, finished = folder .. "/.hits-" .. file, folder .. "/hits-" .. file .. "-"
  local output = open(unfinished, "wb")
  if not output then return false end
  local ok = output:write(concat(lines, "\n"), "\n")
  if not (output:close() and ok and rename(unfinished, finished .. times + 1)) then return false end
  if times > 0 then remove(finished .. times) end
  times = times + 1
  return true
end

-- A fork has the counters of its parent, which leaves them itself. Who learns its number only now may be either of the
-- two: what was written before then stands.
local function own(id)
  if owner == id then return end
  if owner then inherited = written end
  if owner == "" and last then
    last[#last] = "end"
    put(last)
  end
  if owner and hits.profiler then hits.profiler.forget() end
  owner, file, times = id, newName(id), 0
end

local function rowOf(key, counters)
  local base = inherited[key]
  local row = {}
  for i = 1, #counters do row[i] = numerals[base and counters[i] - (base[i] or 0) or counters[i]] end
  return key .. " " .. concat(row, " ")
end

local function write(isEnd)
  own(process())
  local lines, snapshot = { "luacov-ts-hits 1" }, {}
  for key, state in next, states do
    snapshot[key] = countersOf(state)
    if hits.counts(key) then lines[#lines + 1] = rowOf(key, snapshot[key]) end
  end
  if hits.hook then
    hits.hook.rows(function(parts)
      local key = match(parts[1], "^%a+ (%x+)$") or match(parts[1], "^active (%x+)")
      if not key or hits.counts(key) then lines[#lines + 1] = concat(parts, " ") end
    end, inherited.hook)
    snapshot.hook = hits.hook.counted()
  end
  if hits.profiler then hits.profiler.rows(function(row) lines[#lines + 1] = row end, isEnd) end
  for doubt in next, doubts do lines[#lines + 1] = doubt end
  lines[#lines + 1] = isEnd and "end" or "open"
  if put(lines) then written, last = snapshot, lines end
end

-- LuaJIT 2.1 never leaves a loop over a table that becomes hot while it closes its state.
if type(jit) == "table" and jit.off then jit.off(write, true) end

-- Whether a source counts: a program may ask LuaCov for others than we were told.
function hits.counts()
  return true
end

-- What a program asks of LuaCov: to write nothing until it goes on or ends, or nothing any more.
function hits.pause(whether) isPaused = whether end
function hits.finish(whether)
  if whether then hits.leave(true) end
  isOver = whether
end

-- Leaves what was counted until now, if anything was loaded or is in doubt.
function hits.leave(isEnd, isAsked)
  if isOver or isPaused and not isEnd and not isAsked then return end
  if isEnd and hits.atEnd then pcall(hits.atEnd) end
  if isEnd and hits.accesses and hits.accesses.finish then pcall(hits.accesses.finish) end
  if not isOpen and not next(doubts) then return end
  local start = clock()
  -- 5.1 collects nothing when its memory is used up.
  if not pcall(write, isEnd) and pcall(collect) then pcall(write, isEnd) end
  spent = spent + clock() - start
end

-- What a runner of tests asks for between two of them, so that a crash loses little.
function hits.leaveSoon(isUrgent)
  if isUrgent or spent < unnoticed + max(clock(), time() - began) / 20 then hits.leave(false) end
end

-- A process that goes on after what may have been its end, or a fork, is known from here on for one that may be killed.
function hits.goOn()
  if isOpen and (owner ~= process() or last and last[#last] == "end") then hits.leave(false) end
end

-- From the first source on there is a file, so that a process that is killed is known for one.
function hits.begin()
  if isOpen then return end
  isOpen = true
  hits.leave(false)
end

return hits
