-- debug.debug, as ldblib.c has it: runs the lines of standard input up to one that says "cont".
local io = package.loaded.io
while true do
  io.stderr:write "lua_debug> "
  local line = io.stdin:read "L"
  if not line or line == "cont\n" then return end
  local command, message = load(line, "=(debug command)")
  local ok = false
  if command then ok, message = pcall(command) end
  if not ok then io.stderr:write(tostring(message), "\n") end
end
