-- Opens the host libraries in a state that has Lua's standard ones. Like every file in this folder it is
-- portable Lua and gets the table that the engine's binding describes. The functions are there from the start,
-- but the file that has one is loaded when the first of its functions is called.

local host = ...

local function keepFor(environment, name, library)
  local own = {}
  for key, each in pairs(library) do
    own[key] = each
  end
  environment[name] = own
end

local function install(library, file, names)
  for _, name in ipairs(names) do
    library[name] = host.exportfrom("host/" .. file, name)
  end
end

local handles = host.metatable "FILE*"
handles.__index = handles
install(handles, "files/methods", {
  "close", "flush", "lines", "read", "seek", "setvbuf", "write", "__gc", "__tostring",
})

install(io, "files/io", {
  "close", "flush", "input", "lines", "open", "output", "popen", "read", "tmpfile", "type", "write",
})
io.write = host.writer(io.write)
handles.write = host.writer(handles.write, true)
io.stdin = host.userdata(handles, { id = 0, standard = true })
io.stdout = host.userdata(handles, { id = 1, standard = true })
io.stderr = host.userdata(handles, { id = 2, standard = true })
host.output(io.stdout)

install(os, "os", {
  "clock", "date", "difftime", "execute", "getenv", "remove", "rename", "setlocale", "tmpname",
})
-- The fields of its table may have metamethods, which are the program's.
os.time = host.exportfrom("host/os", "time", true)

-- Our own files have these, whatever the program does to its own.
keepFor(host.environment, "io", io)
keepFor(host.environment, "os", os)

install(package, "package", { "loadlib", "searchpath" })
package.searchers[2] = host.exportfrom("host/package", "searchlua")
package.searchers[3] = host.exportfrom("host/package", "searchc")
package.searchers[4] = host.exportfrom("host/package", "searchroot")
package.cpath = host.cpath
package.jspath = nil
package.loaded.fengari = nil
fengari = nil

bit32 = {}
install(bit32, "bit32", {
  "arshift", "band", "bnot", "bor", "btest", "bxor", "extract", "lrotate", "lshift", "replace", "rrotate", "rshift",
})
package.loaded.bit32 = bit32
