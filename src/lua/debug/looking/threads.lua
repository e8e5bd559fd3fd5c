-- The coroutines that are known: all that were made since somebody listens to hooks, and those that were met. The one that a program
-- begins in is 1: 5.1 and LuaJIT do not tell it, so that nobody sees its calls from another one.
local frames, made, main = ...
local status = coroutine.status
local setmetatable, sort, next = setmetatable, table.sort, next

local threads = { main = main }
local numbers = setmetatable({}, { __mode = "k" })
local count = 1

-- `false` is the first one.
function threads.number(thread)
  if not thread then return 1 end
  if not numbers[thread] then
    count = count + 1
    numbers[thread] = count
  end
  return numbers[thread]
end

-- Returns nil where there is none of a number.
function threads.of(number)
  if number == 1 then return false end
  for thread, own in next, numbers do
    if own == number then return thread end
  end
end

-- Of Lua, if there is any.
local function placeOf(all)
  for index = 1, #all do
    if not all[index].isC then return all[index].source .. ":" .. all[index].line end
  end
  return all[1] and all[1].name or ""
end

local function described(thread, number, current)
  local isCurrent = thread == current
  local known = thread or not isCurrent and threads.main
  return {
    id = number, isCurrent = isCurrent,
    status = isCurrent and "running" or not thread and "normal" or status(thread),
    place = not isCurrent and known and placeOf(frames.of(known)) or "",
  }
end

-- What the protocol says of each; `made` gives those that were made, in their order; `here` are the frames of the current one.
function threads.described(current, here)
  local others = made()
  for index = 1, #others do
    if others[index] ~= threads.main then threads.number(others[index]) end
  end
  local all = { described(false, 1, current) }
  for thread, number in next, numbers do all[#all + 1] = described(thread, number, current) end
  for index = 1, #all do
    if all[index].isCurrent then all[index].place = placeOf(here) end
  end
  sort(all, function(a, b) return a.id < b.id end)
  return all
end

return threads
