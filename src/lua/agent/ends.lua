-- Every kind of end that Lua lives to see, and every few seconds before it.
local hits, refusal, newGuard, renew, standIn = ...
local os, time, exit = os, os.time, os.exit
local error, pcall = error, pcall
local seconds = 2

local function atEnd()
  hits.leave(true)
end

os.exit = standIn and standIn("result", exit, atEnd) or function(...)
  atEnd()
  local _, message = pcall(exit, ...)
  error(refusal(message, "os.exit"), 2)
end

-- For whoever holds the other one.
hits.replaced[exit], hits.standIns[os.exit] = os.exit, true

-- Alive until the state is closed, and then the last: it was the first that was made.
hits.guard = newGuard(atEnd)

-- Garbage at once, again and again: the collector's cycles are the only clock that costs nothing.
local due, isTold = time() + seconds, false
local tick

local function leaveIfDue()
  local now = time()
  if now >= due then
    due = now + seconds
    hits.leaveSoon()
  end
end

-- Who has another clock tells us when it ticks, and the collector goes by without us.
function hits.tick()
  isTold = true
  leaveIfDue()
end

local function tickAgain(guard)
  if isTold and not hits.onTick then return end
  renew(guard, tick)
  if hits.onTick then hits.onTick() end
  if not isTold then leaveIfDue() end
end

-- Before 5.4 an error of a finalizer is one of the program, wherever it is: as that there is no memory left.
function tick(guard)
  pcall(tickAgain, guard)
end
newGuard(tick)

-- Neovim ends without closing its Lua.
if vim and vim.api and vim.cmd then
  pcall(function()
    vim.api.nvim_create_autocmd({ "VimLeave" }, { callback = atEnd })
  end)
end
