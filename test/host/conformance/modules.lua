-- Looking for modules, and the two small libraries that test runners ask for.

package.path = "./?.lua;./?/init.lua"
local cpath = package.cpath
package.cpath = "./?.so;./lib?.so"

local function write(name, text)
  local f = assert(io.open(name, "w"))
  f:write(text)
  f:close()
end

print(pcall(require, "missing"))
print(pcall(require, "missing.inner"))
print(pcall(require, "missing-v1"))
print(pcall(require))
print(pcall(require, {}))
print(package.searchpath("missing", package.path))
print(package.searchpath("a.b.c", "./?.x;?/y;z"))
print(package.searchpath("a.b.c", "./?.x", "", "/"))
print(package.searchpath("a-b", "./?.x", "-", "%"))
print(package.searchpath("a%b", "./?.x;%?", ".", "%"))
print(package.searchpath("x", ""))
print(pcall(package.searchpath, "x"))
print(pcall(package.searchpath))
write("broken.lua", "x = = 1")
write("failing.lua", "error('while loading')")
write("failing_table.lua", "error({})")
write("returns.lua", "return { ... }")
write("nothing.lua", "loaded = (loaded or 0) + 1")
write("isfalse.lua", "return false")
write("shebang.lua", "#!/usr/bin/lua\nreturn 'after a first line'")
write("bom.lua", "\239\187\191return 'after a mark'")
print(pcall(require, "broken"))
print(pcall(require, "failing"))
print(type(select(2, pcall(require, "failing_table"))))
print(require("returns")[1], require("returns")[2], require("returns") == require("returns"))
print(require("nothing"), require("nothing"), loaded, package.loaded.nothing)
print(require("isfalse"), package.loaded.isfalse)
print(require("shebang"), require("bom"), dofile("shebang.lua"), loadfile("bom.lua")())
package.preload.preloaded = function(...) return select("#", ...), (...) end
print(require("preloaded"))
print(#package.searchers, type(package.searchers[1]), select("#", package.searchers[2]("missing")))
for i = 1, 4 do print(i, pcall(package.searchers[i], "a.missing")) end
print(package.searchers[4]("root"))
print(select("#", package.searchers[4]("root")))
local searchers = package.searchers
package.searchers = nil
print(pcall(require, "other"))
package.searchers = searchers
local path = package.path
package.path = nil
print(pcall(require, "other"))
package.path = path
package.cpath = nil
print(pcall(require, "other"))
package.cpath = "./?.so"
print(package.config)
print(type(package.loadlib), select("#", package.loadlib("./missing.so", "f")), (package.loadlib("./missing.so", "f")))

print(loadfile("returns.lua", "b"))
print(loadfile("returns.lua", "t", {}) ~= nil)
local environment = {}
loadfile("nothing.lua", "bt", environment)()
print(environment.loaded)
write("bytecode", string.dump(function() return "from bytecode" end))
print(loadfile("bytecode")(), loadfile("bytecode", "t"))
print(pcall(dofile, "failing.lua"))
print(select("#", dofile("returns.lua")))
local thread = coroutine.wrap(function() return dofile("yielding.lua") end)
write("yielding.lua", "return coroutine.yield('yielded')")
print(thread(), thread("resumed"))

-- A module of the program's own wins over ours.
write("system.lua", "return 'my own system'")
print(require("system"))
package.loaded.system = nil
os.remove("system.lua")

package.cpath = cpath
local system = require("system.core")
print(type(system.gettime()), math.type(system.gettime()), math.abs(system.gettime() - os.time()) < 2)
local before = system.monotime()
print(system.sleep(0.02), system.monotime() - before >= 0.02, system.monotime() - before < 1)
print(pcall(system.sleep))
local term = require("term.core")
print(term.isatty(io.stdout), (pcall(term.isatty, 1)))
package.path = "/usr/share/lua/5.3/?.lua;/usr/share/lua/5.3/?/init.lua"
term = require("term")
print(tostring(term.colors.red), term.colors.red("text"), term.colors.bright .. "x" .. term.colors.reset)
term.clear()
term.cleareol(io.stdout)
term.cursor.jump(3, 4)
term.cursor.goup(1)
term.cursor.save()
print()
for _, option in ipairs { "collect", "stop", "restart", "setpause", "setstepmul", "isrunning", "step", "count" } do
  print(option, math.type(collectgarbage(option, 100)) or type(collectgarbage(option, 100)))
end
print(collectgarbage(), collectgarbage("count") > 0, pcall(collectgarbage, "foo"))
print(pcall(collectgarbage, {}))
