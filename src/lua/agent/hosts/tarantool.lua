-- Tarantool ends at a signal without closing its Lua, and tells before.
local hits, box = ...
local pcall = pcall

pcall(function()
  box.ctl.on_shutdown(function()
    hits.leave(true)
  end)
end)
