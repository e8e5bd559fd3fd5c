-- Files: positions, buffers, and what cannot be read or written.

local n="written"
local function size() local f=io.open(n,"rb") local s=f:seek("end") f:close() return s end
local f=io.open(n,"w") f:write(("x"):rep(3000)) print(size()) f:flush() print(size()) f:setvbuf("no") f:write("y") print(size()) f:close() print(size())
local f=io.open(n,"w") f:setvbuf("line") f:write("abc") io.write(size()," ") f:write("d\ne") print(size()) f:close()
local f=io.open(n,"r+") print(f:read(2)) f:seek("cur",0) f:write("ZZ") f:seek("set") print(f:read("*a")) print(f:seek("end", 5000000000)) f:write("end") print(f:seek()) print(f:seek("cur",-3)) print(f:read(3)) print(f:seek("set", 4000000000), f:read(1)=="\0") print(f:seek("cur"), f:seek("cur",-4000000001),f:seek("set",-1)) f:close() os.remove(n)
print(pcall(io.lines, "/nonexist")) print(pcall(io.input,"/nonexist")) print(pcall(io.open, n, "zz")) print(io.open(""))
for i=1,3 do local f=io.open("/etc/passwd") f:close() end
local f=io.popen("head -c 100000 /dev/zero | tr '\\0' 'a'") print(#f:read("*a"), f:close())
local f=io.popen("wc -c", "w") f:write(("b"):rep(50000)) f:close()
print(io.lines("/etc/hostname")() ~= nil)
print(io.type(io.stdin), io.type(42), pcall(io.type))
io.stdout:write("a", 1, 2.5, 1e100, "\n")
print(io.stdout:seek("cur", 0) ~= false, io.stdin:read("*a"))
print(io.read()) 
print(io.open("/dev/full","w"):write(("x"):rep(10000)))
local f=io.open("/dev/full","w") print(f:write("x")==f) print(f:flush()) print(f:close())
