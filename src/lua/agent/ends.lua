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
hits.replaced = { [exit] = os.exit }

-- Alive until the state is closed, and then the last: it was the first that was made.
hits.guard = newGuard(atEnd)

-- Garbage at once, again and again: the collector's cycles are the only clock that costs nothing.
local due = time() + seconds
local tick

local function leaveIfDue(guard)
  renew(guard, tick)
  local now = time()
  if now >= due then
    due = now + seconds
    hits.leaveSoon()
  end
end

-- Before 5.4 an error of a finalizer is one of the program, wherever it is: as that there is no memory left.
function tick(guard)
  pcall(leaveIfDue, guard)
end
newGuard(tick)

-- Neovim ends without closing its Lua.
if vim and vim.api and vim.cmd then
  pcall(function()
    vim.api.nvim_create_autocmd({ "VimLeave" }, { callback = atEnd })
  end)
end
