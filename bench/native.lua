-- Runs a program and prints the CPU seconds that it took. Use: lua native.lua program [digest counters]
local file, digest, size = arg[1], arg[2], tonumber(arg[3])
local counters = {}
for i = 1, size or 0 do counters[i] = 0 end
local function test(n, value)
  local way = value and n or n + 1
  counters[way] = counters[way] + 1
  return value
end
function string.luacov_ts(_, n, ...)
  if n == nil then return counters, test end
  if select("#", ...) > 0 then return (test(n, (...))) end
  counters[n] = counters[n] + 1
end
local run = assert(loadfile(file))
local start = os.clock()
run()
io.write(os.clock() - start)
