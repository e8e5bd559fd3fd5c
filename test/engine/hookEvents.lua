-- What a program's own hook sees of what it does: its events, and the levels above them. Printed as lists, for comparison.

local getinfo, sethook, gethook, concat = debug.getinfo, debug.sethook, debug.gethook, table.concat
local compile = loadstring or load
-- A text with the name of this function has its probes in another form.
local dump = string["du" .. "mp"]

local function described(level)
  local info = getinfo(level + 1, "nSl")
  if not info then return "nothing" end
  -- 5.1 and later ones say otherwise what calls the main program, which is of no interest here.
  return concat({ info.what, info.short_src, info.currentline, tostring(info.name) }, ",")
end

local function watched(mask, action)
  local seen = {}
  local function hook(event, line)
    local levels = 2
    while getinfo(levels + 1, "l") do levels = levels + 1 end
    seen[#seen + 1] = concat({ event, tostring(line), described(2), described(3), levels }, " ")
    if gethook() ~= hook then seen[#seen + 1] = "another hook" end
  end
  sethook(hook, mask)
  action()
  sethook()
  return seen
end

local function piecewise(text)
  local at = 0
  return function()
    at = at + 1
    if at <= #text then return text:sub(at, at) end
  end
end

local function yielding()
  return coroutine.wrap(function()
    dofile "yields.lua"
    coroutine.yield(2)
  end)
end

local actions = {
  { "a text", function() return compile("local x = 1\nreturn x", "=text")() end },
  { "a source as a text", function() return compile(source, "@module.lua")() end },
  { "a text that is wrong", function() return compile "x = = 1" end },
  { "load of a reader", function() return load(piecewise "local x = 1\nreturn x", "=pieces")() end },
  { "load of a source in pieces", function() return load(piecewise(source), "@module.lua")() end },
  { "load of a reader that fails", function() return pcall(load, function() error "no" end) end },
  { "load without a text", function() return pcall(load) end },
  { "loadfile", function() return loadfile "module.lua"() end },
  { "loadfile of nothing", function() return loadfile "nowhere.lua" end },
  { "dofile", function() dofile "module.lua" end },
  { "dofile of nothing", function() return pcall(dofile, "nowhere.lua") end },
  { "dofile that yields", function() return _VERSION == "Lua 5.1" or yielding()() end },
  { "require", function() return require "module" end },
  { "require once more", function() return require "module" end },
  { "require of nothing", function() return (pcall(require, "nowhere")) end },
  { "require of what does not compile", function() return (pcall(require, "broken")) end },
  { "a dump", function() return dump(loadfile "module.lua") ~= nil end },
  { "errors", function()
    pcall(error, "message")
    xpcall(function() error "in here" end, function(message) return message end)
  end },
  { "coroutines", function()
    local wrapped = coroutine.wrap(function(...) coroutine.yield(...) return 1 end)
    wrapped(1)
    wrapped()
    coroutine.resume(coroutine.create(function() return 1 end))
  end },
  { "output", function() io.write "written\n" print "printed" end },
  { "callbacks", function()
    string.gsub("ab", "%a", function(each) return each end)
    table.sort({ 2, 1 }, function(a, b) return a < b end)
  end },
  { "the hook itself", function() sethook(gethook()) end },
}

-- From 5.4 on a long message is in a buffer that C closes, and buffers of a 32-bit Lua are shorter.
package.path, package.cpath = "./?.lua", "./?.so"

local file = io.open("module.lua", "rb")
source = file:read "*a"
file:close()

for _, mask in ipairs { "crl", "l", "cr" } do
  for _, action in ipairs(actions) do
    package.loaded.module = nil
    print(action[1], mask)
    for _, line in ipairs(watched(mask, action[2])) do print("  " .. line) end
  end
end

-- What functions of C are, for whoever asks.
for _, each in ipairs { "load", "loadfile", "dofile", "loadstring" } do
  local f = _G[each]
  if f then print(each, getinfo(f, "S").what, getinfo(f, "S").short_src, getinfo(f, "l").currentline) end
end
print(getinfo(dump, "S").what, getinfo(os.exit, "S").what, getinfo((package.searchers or package.loaders)[2], "S").what)
print(pcall(load, function() return debug.traceback("here", 2) end) ~= nil)
for _, f in ipairs { load, loadfile, dofile, dump, os.exit } do
  -- 5.2 finds a function by one of its names, another one each time.
  print((select(2, pcall(f, {})):gsub("_G%.", ""):gsub("loadstring", "load")))
end

-- Instructions are counted, too: that there are no more events than instructions of the program.
local events = 0
sethook(function() events = events + 1 end, "", 1)
for _ = 1, 10 do compile "return 1" end
sethook()
print(events < 120)
