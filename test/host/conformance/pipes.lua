-- Commands: what they say, how they end, and in what order it comes out.

io.stdout:setvbuf("no")

local function run(command, mode)
  local pipe = assert(io.popen(command, mode))
  local text = mode == "w" and "" or pipe:read("a")
  print(command, text, pipe:close())
end

run("echo out")
run("echo out; exit 3")
run("kill -9 $$")
run("kill -15 $$")
run("exit 255")
run("printf 'a\\0b'")
run("no-such-command-here 2>/dev/null")
run("cat >/dev/null; exit 7", "w")
run("true", "w")
print(tostring(io.popen("true")):match("^file %(0x%x+%)$") ~= nil)

local pipe = io.popen("printf '1 2\\nline\\nrest of it'")
print(io.type(pipe), pipe:read("n", "n", "L", "l", 4, "a"))
print(pipe:seek())
print(pipe:write("x"))
print(pipe:close())
print(pcall(pipe.close, pipe), tostring(pipe))
for line in io.popen("printf 'one\\ntwo\\n'"):lines() do print(line) end

pipe = io.popen("tr a-z A-Z", "w")
print(pipe:write("written ", 1, " ", 2.5, "\n") == pipe, pipe:read("a"))
print(pipe:close())

-- More than a pipe holds, both ways.
pipe = io.popen("head -c 300000 /dev/zero")
print(#pipe:read("a"), pipe:close())
pipe = io.popen("wc -c | tr -d ' '", "w")
pipe:write(("x"):rep(300000))
pipe:close()

-- It runs while the program does.
pipe = io.popen("echo started; cat > copy; echo done; exit 5")
print(pipe:read())
local writer = io.popen("cat > from-writer", "w")
writer:write("first ")
writer:flush()
writer:write("second")
writer:close()
print(io.open("from-writer"):read("a"))
print(pipe:read("a"), pipe:close())

-- Two at once.
local a, b = io.popen("echo a; exit 1"), io.popen("echo b; exit 2")
print(b:read("a"), a:read("a"))
print(a:close())
print(b:close())

print(os.execute())
print(os.execute("exit 0"))
print(os.execute("exit 9"))
print(os.execute("kill -9 $$"))
print(os.execute("echo from execute"))
print(os.execute("no-such-command-here 2>/dev/null"))
io.write("before ")
os.execute("printf 'between '")
io.write("after\n")
print(os.getenv("CONFORMANCE"), os.getenv("NO_SUCH_VARIABLE"))
print(io.popen("printf %s $CONFORMANCE"):read("a"))
print(#io.popen("printf '\\303\\050'"):read("a"), io.popen("printf '%s' '\195(' | od -An -tx1"):read("a"))

-- Standard input.
print(io.read(), io.read("n"), io.read("L"), io.stdin:read(3))
for line in io.stdin:lines() do print(line) end
print(io.read(), io.read("a"), io.read(0))
