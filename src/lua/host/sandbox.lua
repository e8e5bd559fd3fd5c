-- What a sandbox leaves of the debug library: nothing that reaches into other functions or the registry.
local kept = { traceback = true, getinfo = true }
for name in pairs(debug) do
  if not kept[name] then debug[name] = nil end
end
