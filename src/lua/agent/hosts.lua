-- What a host that reads no LUA_INIT loads in ways of its own, and how it ends.
local part, hits, loading = ...
local rawget = rawget

local function known(name)
  return rawget(_G, name)
end

part("hosts/held", hits, loading)
if known "vim" then part("hosts/nvim", known "vim", loading.refusal, hits.standIns) end
if not hits.hook then part("hosts/engine", loading, known "love") end
if known "ngx" and known "jit" then part("hosts/nginx", hits, loading, part "hosts/become", part "hits/process") end
if known "_TARANTOOL" then part("hosts/tarantool", hits, known "box") end
