-- What a host loads in ways of its own.
local part, hits, loading = ...

if not hits.hook then
  part("held", loading)
  if love and love.filesystem then part("love", loading, love) end
end
if ngx and jit then part("nginx", hits, loading, part "become") end
if _TARANTOOL then part("tarantool", hits, box) end
