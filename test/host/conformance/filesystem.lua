-- LuaFileSystem.

local lfs = require("lfs")
print(lfs == _G.lfs, lfs._VERSION, lfs._COPYRIGHT, lfs._DESCRIPTION)
local start = lfs.currentdir()

local function shown(...)
  local parts = {}
  for i = 1, select("#", ...) do
    local text = tostring((select(i, ...))):gsub("0x%x+", "ADDRESS")
    local from, to = text:find(start, 1, true)
    parts[i] = from and text:sub(1, from - 1) .. "START" .. text:sub(to + 1) or text
  end
  print(table.concat(parts, " | "))
end

local function write(name, text)
  local f = assert(io.open(name, "w"))
  f:write(text)
  f:close()
end

shown(lfs.mkdir("folder"))
shown(lfs.mkdir("folder"))
shown(lfs.mkdir("missing/folder"))
shown(lfs.mkdir("folder/inner"))
shown(lfs.rmdir("folder"))
shown(lfs.rmdir("missing"))
write("folder/file", "12345")
shown(lfs.rmdir("folder/file"))
shown(lfs.attributes("folder/file", "permissions"), lfs.attributes("folder", "permissions"))

local names = {}
for name, more in lfs.dir("folder") do names[#names + 1] = name .. tostring(more) end
table.sort(names)
shown(table.concat(names, " "))
shown(pcall(lfs.dir, "missing"))
shown(pcall(lfs.dir, "folder/file"))
shown(pcall(lfs.dir))
local iterator, object = lfs.dir("folder")
shown(type(iterator), type(object), object)
shown(type(object:next()), type(iterator(object)), object:close(), pcall(object.next, object))
shown(object:close(), pcall(iterator, object), pcall(iterator), pcall(iterator, io.stdout))
shown(select("#", lfs.dir(".")), getmetatable(object).__name, type(getmetatable(object).__gc))

local attributes = lfs.attributes("folder/file")
names = {}
for name, value in pairs(attributes) do names[#names + 1] = name .. " " .. type(value) end
table.sort(names)
shown(table.concat(names, ", "))
shown(attributes.mode, attributes.size, attributes.nlink, attributes.uid, attributes.gid, attributes.permissions)
shown(attributes.blksize, attributes.blocks, attributes.dev, attributes.rdev)
shown(math.type(attributes.size), math.type(attributes.modification))
for _, name in ipairs { "mode", "size", "nlink", "uid", "permissions", "blocks" } do
  shown(name, lfs.attributes("folder/file", name))
end
shown(lfs.attributes("folder", "mode"), lfs.attributes("/dev/null", "mode"))
shown(lfs.attributes("missing"))
shown(lfs.attributes("missing", "mode"))
shown(lfs.attributes(""))
shown(pcall(lfs.attributes, "folder", "nothing"))
shown(pcall(lfs.attributes))
shown(pcall(lfs.attributes, {}))
shown(pcall(lfs.attributes, "folder", 1))
local reused = { mine = 1 }
shown(lfs.attributes("folder/file", reused) == reused, reused.mine, reused.size)
shown(type(lfs.attributes("folder/file", true)))

shown(lfs.touch("folder/file", 1000000000, 1100000000))
shown(lfs.attributes("folder/file", "access"), lfs.attributes("folder/file", "modification"))
shown(lfs.touch("folder/file", 1200000000))
shown(lfs.attributes("folder/file", "access"), lfs.attributes("folder/file", "modification"))
shown(lfs.touch("folder/file"))
shown(math.abs(lfs.attributes("folder/file", "modification") - os.time()) < 5)
shown(lfs.touch("missing"))
shown(pcall(lfs.touch, "folder/file", "x"))

shown(lfs.link("file", "folder/soft", true))
shown(lfs.link("folder/file", "folder/hard"))
shown(lfs.link("folder/file", "folder/hard"))
shown(lfs.link("missing", "folder/other"))
shown(lfs.link("missing", "folder/dangling", true))
shown(lfs.attributes("folder/hard", "nlink"))
shown(lfs.symlinkattributes("folder/soft", "mode"), lfs.attributes("folder/soft", "mode"))
shown(lfs.symlinkattributes("folder/soft", "target"))
shown(lfs.symlinkattributes("folder/soft").target, lfs.symlinkattributes("folder/file").target)
shown(lfs.symlinkattributes("folder/file", "target"))
shown(lfs.symlinkattributes("missing"))
shown(lfs.attributes("folder/dangling"))
shown(lfs.symlinkattributes("folder/dangling").mode)

-- The current directory is that of every function that takes a path, and of commands.
shown(lfs.chdir("folder"))
shown(lfs.currentdir())
shown(lfs.chdir("missing"))
shown(lfs.chdir("file"))
shown(lfs.currentdir())
write("here", "x")
write("module.lua", "return 'module in ' .. ...")
shown(io.open("here"):read("a"), lfs.attributes("here", "size"), os.rename("here", "there"), os.remove("there"))
shown(io.popen("pwd"):read("a"))
os.execute("touch executed")
shown(lfs.attributes("executed", "mode"), loadfile("module.lua")("chunk"), dofile("module.lua"))
package.path = "./?.lua"
shown(require("module"), package.searchpath("module", package.path))
for line in io.lines("module.lua") do shown(line) end
shown(lfs.mkdir("relative"), lfs.chdir("relative"), lfs.currentdir())
shown(lfs.chdir(".."), lfs.currentdir())
shown(lfs.chdir("soft/.."))
shown(lfs.chdir(start), lfs.currentdir() == start)
shown(io.open("here"))

local file = assert(io.open("folder/file", "r+"))
shown(lfs.setmode(file, "binary"))
shown(lfs.setmode(file, "text"))
shown(pcall(lfs.setmode, file, "x"))
shown(lfs.lock(file, "r"), lfs.unlock(file))
shown(lfs.lock(file, "w", 0, 2), lfs.unlock(file, 0, 2))
shown(pcall(lfs.lock, file, "x"))
shown(pcall(lfs.lock, file))
shown(pcall(lfs.lock, 1, "r"))
file:close()
shown(pcall(lfs.lock, file, "r"))
shown(pcall(lfs.setmode, file, "binary"))
local lock = lfs.lock_dir("folder")
shown(type(lock), lfs.lock_dir("folder"))
shown(lock:free(), lock:free(), lfs.lock_dir("missing"))
lock = lfs.lock_dir("folder")
shown(type(lock), lock:free())
names = {}
for name, value in pairs(lfs) do if name ~= "unlock_dir" then names[#names + 1] = name .. " " .. type(value) end end
table.sort(names)
shown(table.concat(names, ", "))
shown(package.loaded.lfs == lfs)
