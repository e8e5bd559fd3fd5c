-- What a host loads in ways of its own.
local part, hits, loading = ...

if not hits.hook then part("held", loading) end
if ngx and jit then part("nginx", hits, loading, part "become") end
