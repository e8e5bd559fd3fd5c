import { expect } from "vitest";
import { testWith } from "../support/tools.js";
import { allLuas, expectSame, type Files, makeProject } from "./agent.js";

const module = `local M = {}
function M.size(n)
  if n > 2 then
    return "big"
  end
  return "small"
end
return M
`;

/** What a use of the module must have counted, once by each way. */
const once = { 1: 1, 2: 1, 3: 1, 4: 1, 6: 0, 8: 1 };

const reader = `local function read(name)
  local file = assert(io.open(name, "rb"))
  local text = file:read "*a"
  file:close()
  return text
end
`;

/** Ways to load mod.lua: a program that prints what it got. The agent must not show in what they print. */
const ways: Readonly<Record<string, string>> = {
  require: `print(require "mod".size(3), package.loaded.mod)`,
  "require of a name with dots": `package.path = "./?.lua;./?/init.lua" print(require "sub.mod".size(3))`,
  "require twice": `print(require "mod" == require "mod", require "mod".size(3))`,
  "require through a searcher of the program": `local searchers = package.searchers or package.loaders
table.insert(searchers, 2, function(name) return loadfile(name .. ".lua"), "mine" end)
print(require "mod".size(3))`,
  "require through a searcher that loads a text": `${reader}local searchers = package.searchers or package.loaders
table.insert(searchers, 1, function(name)
  if name == "mod" then return (loadstring or load)(read(name .. ".lua"), "@" .. name) end
end)
print(require "mod".size(3))`,
  "require through package.preload": `package.preload.mod = loadfile "mod.lua" print(require "mod".size(3))`,
  loadfile: `print(loadfile "mod.lua"().size(3), select("#", loadfile "mod.lua"))`,
  "loadfile, with a level of an error": `print(pcall(function() error("x", 2) end), loadfile "./mod.lua"().size(3))`,
  dofile: `print(dofile "mod.lua".size(3))`,
  "load of a text": `${reader}print((loadstring or load)(read "mod.lua")().size(3))`,
  "load of a function": `local parts = {}
for line in io.lines "mod.lua" do parts[#parts + 1] = line .. "\\n" end
local i = 0
print(load(function() i = i + 1 return parts[i] end, "=mine")().size(3))`,
  "load of a function that ends with an empty text": `${reader}local parts = { read "mod.lua", "", "no" }
local i = 0
print(load(function() i = i + 1 return parts[i] end)().size(3), i)`,
};

for (const lua of allLuas) {
  for (const [way, program] of Object.entries(ways)) {
    testWith(lua)(`${lua} measures a module by ${way}`, () => {
      const files: Files = { "mod.lua": module, "sub/mod.lua": `${module}--`, "main.lua": program };
      const loaded = way.includes("dots") ? "sub/mod.lua" : "mod.lua";
      const project = makeProject(files, [loaded]);
      const { code, stdout, stderr } = project.run([lua, "main.lua"]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toMatch(/big/);
      expect(project.lines(loaded)).toEqual(once);
      expect(project.ends()).toEqual(["end"]);
      expectSame(project, [
        lua,
        "-e",
        "package.loaded.mod = nil print = (function(p) return function(...) return p((...)) end end)(print)",
        "main.lua",
      ]);
    });
  }
}

/** Programs that look at what loading says; each prints the same with the agent. */
const answers: Readonly<Record<string, string>> = {
  "a module that is nowhere": `print(pcall(require, "nowhere"))`,
  "a module with a syntax error": `print(pcall(require, "broken"))`,
  "the traceback of a module with a syntax error": `local function load() local module = require "broken" return module end
local ok, message = xpcall(load, debug.traceback)
-- LuaJIT has addresses and numbers of its own.
print(ok, (message:gsub(" at 0x%x+", ""):gsub("%[builtin#%d+%]:", "[C]:")))
print(#(package.searchers or package.loaders), pcall(require, "broken"))
print(pcall((package.searchers or package.loaders)[2], "broken"))`,
  "a file that is nowhere": `print(loadfile "nowhere.lua") print(pcall(dofile, "nowhere.lua"))`,
  "a folder": `print(loadfile "sub") print(pcall(dofile, "sub"))`,
  "a file with a syntax error": `print(loadfile "broken.lua") print(pcall(dofile, "broken.lua"))`,
  "a text with a syntax error": `print((loadstring or load)("x = = 1", "=mine"))`,
  "wrong arguments": `local function said(...)
  -- 5.2 finds a function by one of its names, another one each time.
  print((select(2, pcall(...)):gsub("_G%.", ""):gsub("loadstring", "load")))
end
said(loadfile, {}) said(dofile, {}) said(load, true) said(os.exit, "no")
print(pcall(function() load(true) end)) print(pcall(function() loadfile({}) end)) print(pcall(function() dofile({}) end))`,
  "what a module is given": `require "echo" dofile "echo.lua" loadfile "echo.lua"(1, nil, 3, nil)`,
  "an environment": `local env = { print = print }
local f = setfenv and setfenv(loadfile "globals.lua", env) or loadfile("globals.lua", "t", env)
f() print(env.x, rawget(_G, "x"))`,
  "an environment that is nil": `print(pcall(loadfile("globals.lua", "t", nil) or print))`,
  "a mode": `print(loadfile("globals.lua", "b")) print((loadstring or load)("return 1", "=x", "b"))`,
  "where a chunk is from": `local f = loadfile "echo.lua"
local info = debug.getinfo(f, "SlLu")
print(info.source, info.short_src, info.what, info.linedefined, info.lastlinedefined, info.nups)`,
  "a traceback": `require "trace" loadfile "trace.lua"()`,
  "an error of a level": `print(pcall(dofile, "level.lua")) print(pcall(require, "level"))
local function two() dofile "level.lua" end print(pcall(two))`,
  "levels of the stack": `require "levels" dofile "levels.lua" loadfile "levels.lua"()`,
  "a hook of the program's own": `local seen = {}
debug.sethook(function(_, line)
  local info = debug.getinfo(2, "S")
  -- LuaJIT begins a line anew after a call in it.
  if info.short_src == "echo.lua" and not (jit and seen[#seen] == line) then seen[#seen + 1] = line end
end, "l")
dofile "echo.lua" loadfile "echo.lua"() require "echo"
debug.sethook()
print(table.concat(seen, " "))`,
  "a first line with #": `print(dofile "shebang.lua")`,
  "a byte order mark": `print(pcall(dofile, "bom.lua"))`,
  "no byte at all": `print(dofile "empty.lua", loadfile "empty.lua"())`,
  "a dumped chunk": `local f = loadfile "echo.lua" local g = (loadstring or load)(string.dump(f)) g(1)
print(pcall(string.dump, print)) print(#string.dump(f) > 0)`,
  "tails and many values": `print(select("#", dofile "many.lua"), dofile "many.lua")`,
  "a yield": `local co = coroutine.wrap(loadfile "yields.lua") print(co(), co(), co())`,
  globals: `local names = {} for name in pairs(_G) do names[#names + 1] = name end
table.sort(names) print(table.concat(names, " ")) print(getmetatable(_G), getmetatable(arg or {}))`,
  "a strict checker": `setmetatable(_G, { __index = function(_, k) error("no " .. k, 2) end, __newindex = function(_, k) error("new " .. k, 2) end })
local ok, m = pcall(require, "globals") print(ok, m) print(require "echo")`,
  "the arguments": `print(..., select("#", ...), #arg, arg[0], arg[1], arg[-1])`,
};

const answering: Files = {
  "broken.lua": "local x = = 1\n",
  "sub/x.lua": "return 1\n",
  "echo.lua": `print("echo", select("#", ...), ...)\n`,
  "globals.lua": "x = 1\nreturn x\n",
  "trace.lua": `local function f() return (debug.traceback "here") end\nlocal t = f():gsub("\\n\\t%[C%]: in function '[%w.]*require'", ""):gsub("\\n\\t%[C%]: .-$", "") print(t:match "^(.-main chunk)")\n`,
  "level.lua": `error("two", 2)\n`,
  "levels.lua": `local n = 1 while debug.getinfo(n, "l") do n = n + 1 end
print(n, debug.getinfo(1, "S").what, debug.getinfo(1, "l").currentline)
local caller = 2 while debug.getinfo(caller, "l") and debug.getinfo(caller, "l").currentline < 1 do caller = caller + 1 end
print(caller, debug.getinfo(caller, "S").short_src, debug.getinfo(caller, "l").currentline)\n`,
  "shebang.lua": "#!/usr/bin/env lua\nreturn debug.getinfo(1, 'l').currentline\n",
  "bom.lua": "\u00ef\u00bb\u00bfreturn 1\n",
  "empty.lua": "",
  "many.lua": "return 1, nil, 3, nil\n",
  "yields.lua": "for i = 1, 2 do coroutine.yield(i) end\nreturn 'end'\n",
};

for (const lua of allLuas) {
  for (const [what, program] of Object.entries(answers)) {
    testWith(lua)(`${lua} says the same of ${what}`, () => {
      const files = Object.fromEntries(
        Object.entries({ ...answering, "main.lua": program }).map(([name, text]) => [
          name,
          Buffer.from(text as string, "latin1"),
        ]),
      );
      const project = makeProject(
        files,
        Object.keys(files).filter((name) => name !== "broken.lua"),
      );
      const { stdout } = expectSame(project, [lua, "main.lua", "one", "two"]);
      expect(stdout).not.toBe("");
      expect(project.doubts()).toEqual([]);
    });
  }
}

testWith("lua5.1")("a program's own package.searchpath does not run for the agent", () => {
  const project = makeProject({
    "path.lua": "function package.searchpath()\n  return nil\nend\n",
    "mod.lua": "return 1\n",
    "main.lua": 'require "path"\nprint(require "mod")\n',
  });
  expectSame(project, ["lua5.1", "main.lua"]);
  expect(project.lines("path.lua")).toEqual({ 1: 1, 2: 0 });
  expect(project.lines("mod.lua")).toEqual({ 1: 1 });
});

testWith("luajit")("luajit compiles nothing of ours, for which a process has no time", () => {
  const main = `local compiled = {}
local function begun(what, _, fn)
  if what == "start" then compiled[debug.getinfo(fn, "S").source:match "[^/]*$"] = true end
end
jit.attach(begun, "trace")
for i = 1, 1000 do
  package.loaded.mod = nil
  require "mod"
end
jit.attach(begun)
local names = {}
for name in pairs(compiled) do names[#names + 1] = name end
table.sort(names)
print(table.concat(names, " "))
`;
  const module = "local sum = 0\nfor i = 1, 100 do sum = sum + i end\nreturn sum\n";
  const project = makeProject({ "mod.lua": module, "main.lua": main });
  const { stdout, stderr } = project.run(["luajit", "main.lua"]);
  expect({ stdout, stderr }).toEqual({ stdout: "@main.lua mod.lua\n", stderr: "" });
});
