-- Files: modes, formats, positions and buffers.

local name = "file.txt"

local function write(content)
  local f = assert(io.open(name, "wb"))
  assert(f:write(content))
  assert(f:close())
end

local function content()
  local f = assert(io.open(name, "rb"))
  local text = f:read("a")
  f:close()
  return text
end

local function shown(...)
  local parts = {}
  for i = 1, select("#", ...) do
    local value = select(i, ...)
    parts[i] = type(value) == "string" and string.format("%q", value) or tostring(value):gsub("0x%x+", "ADDRESS")
  end
  print(table.concat(parts, " "))
end

-- Modes.
for _, mode in ipairs { "r", "rb", "w", "wb", "a", "ab", "r+", "r+b", "w+", "w+b", "a+", "a+b" } do
  write("0123456789")
  local f = assert(io.open(name, mode))
  shown(mode, f:seek(), f:seek("end"), f:seek("set", 2))
  shown(mode, f:read(3))
  shown(mode, f:seek())
  shown(mode, f:seek("cur", 0), f:write("ab") == f)
  shown(mode, f:seek())
  f:close()
  shown(mode, content())
end
for _, mode in ipairs { "", "x", "rw", "r++", "rb+", "br", "r+bb", "wbb", "+r", "R", "rt" } do
  shown(mode, pcall(io.open, name, mode))
end

-- Formats.
write("first\nsecond\n\nfourth line\n12 -7 0x1F 1e2 .5 5. abc\nlast")
local f = assert(io.open(name))
shown(f:read())
shown(f:read("l", "L", "L"))
shown(f:read("n", "n", "n", "n", "n", "n"))
shown(f:read("n"))
shown(f:read("L"))
shown(f:read(0), f:read(2), f:read(100), f:read(0), f:read(1), f:read("l"), f:read("L"), f:read("n"))
shown(f:read("a"), f:read("a"))
shown(f:seek("set"), f:read("*l"), f:read("*L"), f:read("*all"))
shown(f:seek("set", 3), f:read("line"), f:read("*anything"):len())
f:close()

-- Lines.
for line in io.lines(name) do shown(line) end
for line in io.lines(name, "L") do shown(line) end
for a, b in io.lines(name, 3, 1) do shown(a, b) end
f = assert(io.open(name))
for line in f:lines() do shown(line) break end
for line in f:lines("n") do shown(line) end
shown(f:read("a"))
shown(io.type(f), f:close(), io.type(f))
local iterator = io.lines(name)
while iterator() do end
shown(pcall(iterator))
shown(pcall(io.lines, "no such file"))
shown(pcall(io.lines, name, "x"))
shown(pcall(io.lines(name, "x")))
shown(select("#", io.lines(name)))
f = assert(io.open(name))
shown(pcall(f.lines, f, (table.unpack or unpack)({}, 1, 251)))
f:close()

-- Empty files and files without a newline at the end.
write("")
for line in io.lines(name) do shown(line) end
f = assert(io.open(name))
shown(f:read("l"), f:read("n"), f:read("a"), f:read(0), f:read(1))
f:close()
write("\n\n")
for line in io.lines(name) do shown(line) end

-- Numbers.
f = assert(io.open(name, "w"))
f:write(1, " ", 1.0, " ", -0.0, " ", 1e15, " ", 0.1, " ", 1e100, " ", 2^53, " ", 1/3, " ")
f:write(1e14, " ", 1e-5, " ", " ", 1234567890123.25, " ", 5e-324, " ", 1/0, " ", -1/0, "\n")
f:close()
io.write(content())

-- Writing is chained, and nothing is written of what cannot be.
f = assert(io.open(name, "w"))
shown(f:write("a"):write("b", 1, "c") == f)
shown(pcall(f.write, f, "d", {}, "e"))
shown(pcall(f.write, f, nil))
shown(pcall(f.write, f, true))
f:close()
shown(content())

-- Positions.
f = assert(io.open(name, "w+"))
f:write("0123456789")
shown(f:seek("set", 4), f:read(2), f:seek("cur", -1), f:read(1), f:seek("end", -3), f:read("a"))
shown(f:seek("set", 20), f:read("a"), f:write("x"), f:seek("set", 8), f:read("a"))
shown(f:seek("set", -1))
shown(f:seek("cur", -100))
shown(pcall(f.seek, f, "foo"))
shown(pcall(f.seek, f, "set", "x"))
shown(pcall(f.seek, f, "set", 1.5))
shown(f:seek("set", "3"), f:read(1))
-- Reading and writing in turns.
shown(f:seek("set", 0), f:read(2), f:seek("cur", 0), f:write("AB"), f:seek("cur", 0), f:read(2))
f:flush()
shown(content())
f:close()

-- Buffers: what another handle sees.
local function seen() return content() end
f = assert(io.open(name, "w"))
shown(f:setvbuf("full", 2000), f:write("x"), seen(), f:flush(), seen())
shown(f:setvbuf("no"), f:write("y"), seen())
shown(f:setvbuf("line"), f:write("z"), seen(), f:write("a\n"), seen())
f:close()
shown(seen())
f = assert(io.open(name, "w"))
f:write(("x"):rep(100))
shown(#seen())
f:write(("x"):rep(100000))
f:close()
shown(#seen())
shown(pcall(f.setvbuf, io.stdout, "foo"))
shown(pcall(io.stdout.setvbuf, io.stdout))

-- Appending goes to the end, wherever the position is.
write("start")
local a, b = assert(io.open(name, "a")), assert(io.open(name, "a"))
a:write(" one") a:flush() b:write(" two") b:flush() a:write(" three") a:close() b:close()
shown(content())
f = assert(io.open(name, "a+"))
shown(f:read("a"), f:write("!"), f:seek("set", 0), f:read(5))
f:close()

-- Bytes are bytes.
local all = {}
for i = 0, 255 do all[#all + 1] = string.char(i) end
all = table.concat(all)
write(all .. all)
shown(content() == all .. all)
f = assert(io.open(name, "rb"))
shown(f:read("l") == all:sub(1, 10), #f:read("a"))
f:close()

-- Default files.
write("one\ntwo\nthree\n")
shown(io.input(name) == io.input(), io.read(), io.read("n"), io.read("L"))
for line in io.lines() do shown(line) end
shown(io.close(io.input()), pcall(io.read))
shown(pcall(io.lines))
shown(pcall(io.input, "no such file"))
shown(pcall(io.input, {}))
shown(io.output(name) == io.output(), io.write("out"), io.close())
shown(pcall(io.write, "x"))
shown(pcall(io.close))
shown(pcall(io.flush))
io.output(io.stdout)
io.input(io.stdin)
shown(content(), io.type(io.output()), io.output() == io.stdout)
shown(io.flush(), io.stdout:flush())

-- Temporary files.
f = io.tmpfile()
shown(io.type(f), f:write("temporary"), f:seek("set"), f:read("a"), f:close())

-- remove and rename.
shown(os.rename(name, "other.txt"), io.open(name))
shown(os.remove("other.txt"), os.remove("other.txt"))
