-- What a host loads in ways of its own.
local part, loading, hits = ...

if ngx and jit then part("nginx", loading, hits, part "become") end
