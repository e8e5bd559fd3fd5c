-- Says which Lua this is, and nothing else: what runs it may print more.
local jit = rawget(_G, "jit")
io.stdout:write("\nluacov-ts ", _VERSION, " ", type(jit) == "table" and "LuaJIT" or "PUC", "\n")
io.stdout:flush()
os.exit(0)
