-- What a handle is.

local file = io.stdout
print(type(file), io.type(file), tostring(file):match("^file %(0x%x+%)$") ~= nil)
local metatable = getmetatable(file)
local names = {}
for name, value in pairs(metatable) do names[#names + 1] = name .. " " .. type(value) end
table.sort(names)
print(table.concat(names, ", "))
print(metatable.__index == metatable, metatable.__name, debug.getregistry()["FILE*"] == metatable)
print(getmetatable(io.stdin) == metatable, getmetatable(io.stderr) == metatable)
print(file == io.stdout, io.stdout == io.stderr, rawequal(file, io.output()))
print(file.write == metatable.write, file.nothing)
print(pcall(function() file.field = 1 end))
print(pcall(function() return #file end))
print(pcall(function() return file .. "" end))
print(pcall(function() return file < file end))
print(({ [file] = "key" })[io.stdout])
print(file:close())
print(io.close(io.stderr))
print(io.type(file))
local own = io.open("own", "w")
own:write("x")
print(metatable.__gc(own), io.type(own), tostring(own), metatable.__gc(own))
print(io.open("own"):read("a"))
metatable.twice = function(self, text) return self:write(text, text, "\n") end
io.stdout:twice("added method ")
names = {}
for name, value in pairs(io) do names[#names + 1] = name .. " " .. type(value) end
table.sort(names)
print(table.concat(names, ", "))
names = {}
for name, value in pairs(os) do names[#names + 1] = name .. " " .. type(value) end
table.sort(names)
print(table.concat(names, ", "))
names = {}
for name, value in pairs(package) do names[#names + 1] = name .. " " .. type(value) end
table.sort(names)
print(table.concat(names, ", "))
names = {}
for name in pairs(package.loaded) do names[#names + 1] = name end
table.sort(names)
print(table.concat(names, ", "))
names = {}
for name in pairs(_G) do names[#names + 1] = name end
table.sort(names)
print(table.concat(names, ", "))
print(package.loaded.io == io, package.loaded.os == os, require("io") == io)
print(debug.getuservalue(own) == nil, #package.config)
-- Left open and unflushed: the end of the program writes it.
left = io.open("left", "w")
left:write("written at the end")
