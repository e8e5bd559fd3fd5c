-- Which levels of a stack a program would have without us. What stands in for a function of C is the level that this would be; what is
-- `hidden` is none; and so is what either calls in C, or a stand-in calls of ours.
local standIns, isOurs = ...
local getinfo, setmetatable = debug.getinfo, setmetatable
local floor, max = math.floor, math.max
local what = rawlen and not jit and "Slnft" or "Slnf"

local levels = {}
local hidden = setmetatable({}, { __mode = "k" })

-- Of a deep stack so many levels are looked at, from either end.
local innermost, outermost = 300, 100

function levels.hide(fn)
  hidden[fn] = true
  return fn
end

-- At a level of the caller of who calls this.
local function infoAt(thread, level)
  local info
  if thread then info = getinfo(thread, level, what) else info = getinfo(level + 2, what) end
  return info
end

-- From a level of the caller on, or of a coroutine: each has its `level`, and its `index` among all.
local function gathered(thread, first, most)
  local all, at = {}, first
  local info = infoAt(thread, at)
  while info and #all < most do
    all[#all + 1] = info
    info.level = at
    at = at + 1
    info = infoAt(thread, at)
  end
  if not info then return all end
  local known, beyond = at, at * 2
  while infoAt(thread, beyond) do known, beyond = beyond, beyond * 2 end
  while beyond - known > 1 do
    local middle = floor((known + beyond) / 2)
    if infoAt(thread, middle) then known = middle else beyond = middle end
  end
  for level = max(at, known - outermost + 1), known do
    info = infoAt(thread, level)
    info.level = level
    all[#all + 1] = info
  end
  return all
end

-- `outer` has called it. Where a stand-in is at work, all is ours but what it calls of the program.
local function isHidden(info, outer)
  if hidden[info.func] then return true end
  local isAtWork = outer and outer.func and (standIns[outer.func] or outer.isOfStandIn)
  if info.what == "C" then return isAtWork or outer ~= nil and outer.func ~= nil and hidden[outer.func] end
  info.isOfStandIn = isAtWork and not standIns[info.func] and isOurs(info.func)
  return info.isOfStandIn or outer ~= nil and outer.isOfStandIn and standIns[info.func]
end

-- The visible ones, from the caller's caller on, or of a coroutine. Each has its `level`, counted from the caller; its `index`, as if all
-- that is not looked at was visible; `isC`, whether it is one of C for the program; and `isLost`,
-- whether it is gone. `most` is how many are of interest, nil for both ends. The
-- second result are all that were looked at.
function levels.visible(thread, most)
  local all = gathered(thread, thread and 0 or 2, most or innermost)
  local shown = {}
  for index = #all, 1, -1 do
    local info = all[index]
    if info.func and isHidden(info, all[index + 1]) then info.isHidden = true end
  end
  local skipped, before = 0, nil
  for index = 1, #all do
    local info = all[index]
    if before then skipped = skipped + info.level - before - 1 end
    before = info.level
    if not info.isHidden then
      shown[#shown + 1] = info
      info.index = #shown - 1 + skipped
      info.isC = info.what == "C" or info.func ~= nil and standIns[info.func] or false
      if not thread then info.level = info.level - 1 end
      -- Before a function of C, what has called it by a tail call stays on the stack.
      if info.istailcall and info.func and standIns[info.func] then
        shown[#shown + 1] = { index = #shown + skipped, level = info.level, currentline = -1, isC = true, isLost = true }
      end
    end
  end
  return shown, all
end

return levels
