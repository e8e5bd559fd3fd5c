-- What specs in Neovim have besides, as under plenary's runner, for which most plugins write theirs: helpers that are modules find
-- `describe` and `it` among Lua's globals, and a test may yield and be resumed by a callback.

local vim = rawget(globals, "vim")
local isThere = type(vim) == "table" and type(vim.wait) == "function"
local create, resume, status = coroutine.create, coroutine.resume, coroutine.status

local neovim = {}

local names = { "describe", "it", "pending", "before_each", "after_each" }

-- Under busted, whose configuration may be there, modules have Lua's own `assert`.
function neovim.publish(core, options)
  if not isThere then return end
  for _, name in ipairs(names) do rawset(globals, name, core.api[name]) end
  if not options.byBusted then rawset(globals, "assert", core.api.assert) end
end

-- Calls a function that may yield; Neovim's events go on meanwhile, and one of them goes on with the function.
function neovim.call(run)
  if not isThere then
    run()
    return
  end
  local thread = create(run)
  local ok, message = resume(thread)
  if not ok then error(message, 0) end
  local function isOver() return status(thread) == "dead" end
  while not isOver() do vim.wait(1000, isOver, 5) end
end

return neovim
