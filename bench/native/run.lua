-- Runs a program and prints the CPU seconds that it took. Use: lua run.lua program
local clock = os.clock
local run = assert(loadfile(arg[1]))
local start = clock()
run()
io.write(clock() - start)
