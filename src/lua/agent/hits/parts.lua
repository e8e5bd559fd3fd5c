-- What has counted for a test, or for another part of a run, since the part before it ended.
local hits = ...
local concat, next, setmetatable, type = table.concat, next, setmetatable, type
local states = hits.states

-- A counter that is not there is 0.
local zeros = {}
local isZero = { __index = zeros }

-- LuaJIT compiles a loop over all counters well, and what counts in one that is not there badly.
local isCompiled = type(jit) == "table"

-- From here on the table of counters holds only what has counted since it was looked at last: to go through what a table has is
-- fast, and to compare each counter of all sources took longer than most tests do.
local function divide(state)
  state.totals, state.seen = {}, {}
  for i = 1, state.size do state.totals[i] = 0 end
  if isCompiled then return end
  for i = #zeros + 1, state.size do zeros[i] = 0 end
  setmetatable(state.counters, isZero)
end

-- Of counters, and of how often one has counted, which is left out where that is once.
local numerals, times = hits.textsBy "%.0f", hits.textsBy "*%.0f"

-- Puts a counter that has counted into a list behind so much else, and says how much it is then.
local function put(list, size, i, count)
  list[size + 1] = numerals[i]
  if count == 1 then return size + 1 end
  list[size + 2] = times[count]
  return size + 2
end

-- Empties the table of counters: puts what they held into a list.
local function take(state, list, size)
  local counters, totals = state.counters, state.totals
  for i, count in next, counters do
    counters[i] = nil
    if count ~= 0 then
      totals[i] = totals[i] + count
      size = put(list, size, i, count)
    end
  end
  return size
end

local function takeEach(state, list, size)
  local counters, totals = state.counters, state.totals
  for i = 1, state.size do
    local count = counters[i]
    if count ~= 0 then
      counters[i], totals[i] = 0, totals[i] + count
      size = put(list, size, i, count)
    end
  end
  return size
end

if isCompiled then take = takeEach end

-- The same of those that are locals, of each function that reads them. LuaJIT would try again and again to compile what calls these.
local function takeLocals(state, list, size)
  for reader, read in next, state.readers do
    local own, seen = { read() }, state.seen[reader]
    for at = 2, #own, 2 do
      local count = own[at] - (seen and seen[at] or 0)
      if count ~= 0 then size = put(list, size, own[at - 1], count) end
    end
    state.seen[reader] = own
  end
  return size
end

if isCompiled and jit.off then jit.off(takeLocals) end

-- What is written of a source, in a table that is large enough from the first test on.
local parts = {}

-- What has counted since the last call: of each source its key, and the numbers of its counters, in any order, and those that are
-- kept in several places more than once; behind each that has counted more than once, how often.
return function()
  local texts, list = {}, parts
  for key, state in next, states do
    if hits.counts(key) then
      if not state.totals then divide(state) end
      local size = takeLocals(state, list, take(state, list, 0))
      if size > 0 then texts[#texts + 1] = key .. " " .. concat(list, " ", 1, size) end
    end
  end
  return concat(texts, ";")
end
