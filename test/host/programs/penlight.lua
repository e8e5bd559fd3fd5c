-- Penlight's modules about files and programs.

local path = require("pl.path")
local dir = require("pl.dir")
local file = require("pl.file")
local utils = require("pl.utils")
local app = require("pl.app")
local tablex = require("pl.tablex")
local stringio = require("pl.stringio")
local data = require("pl.data")
local pretty = require("pl.pretty")

local start = path.currentdir()
local function shown(...)
  local parts = {}
  for i = 1, select("#", ...) do
    local value = select(i, ...)
    local text = type(value) == "table" and pretty.write(value, "") or tostring(value)
    local from, to = text:find(start, 1, true)
    parts[i] = from and text:sub(1, from - 1) .. "START" .. text:sub(to + 1) or text
  end
  print(table.concat(parts, " | "))
end

-- pl.path
shown(path.sep, path.dirsep, path.is_windows)
shown(path.exists("missing"), path.isdir("."), path.isfile("."), path.isabs("/x"), path.isabs("x"))
shown(path.abspath("x/../y"), path.normpath("/a/b/../c/./d"), path.relpath(path.join(start, "a/b")))
shown(path.splitpath("/a/b.c"), path.splitext("/a/b.c"), path.basename("/a/b.c"), path.extension("b.c"))
shown(path.join("a", "b", "/c"), path.normcase("A/B"), path.common_prefix("/a/b/c", "/a/b/d"))
shown(path.expanduser("~") == os.getenv("HOME"))
shown(type(path.tmpname()))

-- pl.file and pl.utils
shown(file.write("one.txt", "1\n2\n3\n"), file.read("one.txt"), path.getsize("one.txt"))
shown(file.copy("one.txt", "two.txt"), file.move("two.txt", "three.txt"), path.exists("two.txt"), file.delete("three.txt"))
shown(utils.readlines("one.txt"), utils.readfile("one.txt"), utils.writefile("bin", "\0\1\255", true), #utils.readfile("bin", true))
shown(utils.readfile("missing"))
shown(utils.execute("exit 3"))
shown(utils.executeex("echo out; echo err 1>&2; exit 2"))
shown(utils.quote_arg("a b'c"), utils.split("a,b,c", ","))
shown(math.abs(file.modified_time("one.txt") - os.time()) < 5)

-- pl.dir
shown(dir.makepath("tree/a/b"), dir.makepath("tree/c"), file.write("tree/a/x.lua", "x"), file.write("tree/c/y.txt", "y"))
shown(tablex.map(path.basename, dir.getfiles("tree/a")), #dir.getdirectories("tree"))
local names = dir.getallfiles("tree")
table.sort(names)
shown(names)
-- The order in which folders are listed is the file system's.
local walked = {}
for root, folders, files in dir.walk("tree") do
  table.sort(folders)
  table.sort(files)
  walked[#walked + 1] = root .. pretty.write(folders, "") .. pretty.write(files, "")
end
table.sort(walked)
shown(walked)
shown(dir.fnmatch("abc.lua", "*.lua"), dir.filter({ "a.lua", "b.txt" }, "*.lua"))
shown(dir.copyfile("tree/a/x.lua", "tree/c"), path.isfile("tree/c/x.lua"))
shown(dir.movefile("tree/c/x.lua", "tree/z.lua"), path.isfile("tree/z.lua"))
shown(dir.clonetree("tree", "copy", dir.copyfile) ~= nil, path.isfile("copy/a/x.lua"))
shown(dir.rmtree("tree"), path.exists("tree"))
shown(pcall(dir.getfiles, "missing"))

-- pl.app
shown(app.script_name(), app.parse_args({ "-v", "--name=x", "file" }, { name = true }))
shown(app.platform() == "Linux" or app.platform() == "OSX", type(app.lua()))
shown(path.chdir("copy"), path.currentdir(), path.exists("a/x.lua"), path.chdir(".."))

-- Reading data from a file.
file.write("data.csv", "x,y\n1,2\n3,4\n")
shown(data.read("data.csv").fieldnames, data.read(stringio.open("a b\n1 2\n")).fieldnames)
