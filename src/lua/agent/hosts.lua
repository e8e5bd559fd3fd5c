-- What a host loads in ways of its own, and how it ends. Globals may be strict.
local part, hits, loading = ...
local rawget = rawget

local function known(name)
  return rawget(_G, name)
end

if not hits.hook then
  part("held", loading)
  if package then part("engine", loading, known "love") end
end
if known "ngx" and known "jit" then part("nginx", hits, loading, part "become", part "process") end
if known "_TARANTOOL" then part("tarantool", hits, known "box") end
